"""Pages on paper: what is printed is whole, reaches nothing, and says so where it cannot be printed."""

import shutil
from pathlib import Path

import pytest

from dragoman.desk.printing import guarded, pdf_of, program_of
from dragoman.model.errors import Misconfigured, TryAgain

PAGE = "<!doctype html><html lang='en'><head><title>Brief</title></head><body>{}</body></html>"
printing = pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium on this machine")


@printing
def test_a_page_becomes_a_pdf() -> None:
    assert pdf_of(PAGE.format("<p>مرحبا, 你好</p>")).startswith(b"%PDF-")


@printing
def test_a_printed_page_reads_no_file_of_the_node(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'/>")
    with_file = pdf_of(PAGE.format(f"<iframe src='file://{tmp_path}/secret.svg'></iframe>"))
    nowhere = pdf_of(PAGE.format(f"<iframe src='file://{tmp_path}/nothing.svg'></iframe>"))
    assert abs(len(with_file) - len(nowhere)) < 200


def test_a_printed_page_has_its_policy_before_anything_else() -> None:
    said = guarded(PAGE.format("<script>1</script>"))
    assert said.index("content-security-policy") < said.index("<title>")
    assert "default-src 'none'" in said


def test_without_a_chromium_it_is_said_what_to_install() -> None:
    with pytest.raises(Misconfigured, match="no Chromium") as caught:
        pdf_of(PAGE.format(""), chromium="/nowhere/chromium")
    assert "print.chromium" in caught.value.hint


def test_a_program_that_prints_nothing_is_told_apart(tmp_path: Path) -> None:
    silent = tmp_path / "chromium"
    silent.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    silent.chmod(0o755)
    assert program_of(str(silent)) == str(silent)
    with pytest.raises(TryAgain, match="no display"):
        pdf_of(PAGE.format(""), chromium=str(silent))


def test_a_program_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    hanging = tmp_path / "chromium"
    hanging.write_text("#!/bin/sh\nsleep 600 &\nsleep 600\n")
    hanging.chmod(0o755)
    with pytest.raises(TryAgain, match="too long"):
        pdf_of(PAGE.format(""), chromium=str(hanging), timeout_s=0.3)
