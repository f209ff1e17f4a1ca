"""Sentences find their translations: by length, figures, names and what the texts themselves teach."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link.alignment import align, align_all, prepared
from dragoman.link.learned import learn

ENGLISH = [
    "The harbour of Lindholm was closed on 4 March.",
    "Twelve ships waited outside.",
    "Ida Brandt, who runs the port, said that the storm had torn away 30 metres of the pier.",
    "Repairs will cost 2 million.",
    "Nobody was hurt.",
]
GERMAN = [
    "Der Hafen von Lindholm war am 4. März geschlossen. Zwölf Schiffe warteten draußen.",
    "Ida Brandt, die den Hafen leitet, sagte, der Sturm habe 30 Meter der Mole weggerissen.",
    "Die Reparatur wird 2 Millionen kosten.",
    "Verletzt wurde niemand.",
]


def beads(source: list[str], target: list[str], mine: str = "en", theirs: str = "de"):
    return align(prepared(source, mine), prepared(target, theirs))


def test_two_sentences_that_became_one_stand_beside_it():
    assert beads(ENGLISH, GERMAN) == [((0, 1), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))]


def test_a_sentence_that_was_left_out_stands_alone():
    found = beads(ENGLISH, [GERMAN[0], *GERMAN[2:]])
    assert ((2,), ()) in found
    assert ((3,), (1,)) in found


def test_names_join_sentences_across_scripts():
    source = ["Nobody knew why.", "Ruslan Zinnurov arrived in Lindholm in 2019.", "It rained."]
    target = ["Руслан Зиннуров приехал в Линдхольм в 2019 году.", "Шёл дождь."]
    assert ((1,), (0,)) in beads(source, target, "en", "ru")


def test_nothing_beside_nothing():
    assert beads([], []) == []
    assert beads(["One."], []) == [((0,), ())]
    assert beads([], ["Eins."]) == [((), (0,))]


def test_a_lexicon_is_learned_from_pairs_and_nothing_from_nothing():
    pairs = [(["harbour", "open"], ["hafen", "offen"]), (["harbour", "close"], ["hafen", "zu"])] * 3
    pairs += [(["open"], ["offen"]), (["close"], ["zu"])] * 2
    found = learn(pairs)
    assert max(found.meanings["harbour"], key=found.meanings["harbour"].__getitem__) == "hafen"
    assert found.match(["close"], frozenset({"zu"})) > 0
    assert learn([]).meanings == {}


def test_many_documents_teach_each_other():
    texts = [(prepared(ENGLISH, "en"), prepared(GERMAN, "de"))] * 3
    assert align_all(texts)[0] == align_all(texts)[2] == [((0, 1), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))]


sentences = st.lists(st.text(max_size=40), max_size=12)


@given(sentences, sentences)
@settings(max_examples=60, deadline=None)
def test_every_sentence_stands_in_exactly_one_bead(source, target):
    found = beads(source, target, "en", "zh")
    assert [at for mine, _ in found for at in mine] == list(range(len(source)))
    assert [at for _, theirs in found for at in theirs] == list(range(len(target)))
