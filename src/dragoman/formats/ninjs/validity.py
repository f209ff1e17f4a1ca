"""Is a document valid ninjs? IPTC's own schemas decide, 1.0 to 3.1; what is wrong is named by its field. Pure.

The schemas are data of this package (`schema/NOTICE.md`); nothing is fetched. As IPTC's own suites have it, `format`
(uri, date-time) is not judged.
"""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dragoman.formats.ninjs.versions import version_of
from dragoman.model.errors import NotFound

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1", "2.2", "3.0", "3.1")
_GEOJSON = "https://geojson.org/schema/GeoJSON.json"
_MOST = 50  # problems told of one document


def problems(value: object, version: str = "") -> list[str]:
    """What makes `value` (parsed JSON) no valid ninjs of `version`, a line each beginning with the field; none if it is.

    Without `version` it is judged by the one it says it is, or looks like. Raises: NotFound: IPTC has no such version.
    """
    said = version or (version_of(value) if isinstance(value, dict) else VERSIONS[-1])
    if said not in VERSIONS:
        raise NotFound(f"There is no ninjs {said}", hint=f"Versions: {', '.join(VERSIONS)}.")
    found = sorted(_validator(said).iter_errors(value), key=lambda error: list(map(str, error.absolute_path)))
    return list(dict.fromkeys(_told(error) for error in found))[:_MOST]


def _told(error: "ValidationError") -> str:
    # Of alternatives the deepest says what is meant.
    deepest = error
    while deepest.context:
        deepest = max(deepest.context, key=lambda each: len(each.absolute_path))
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in deepest.absolute_path)
    return f"{where.lstrip('.') or 'document'}: {deepest.message[:200]}"


@cache
def _validator(version: str) -> "Validator":
    from jsonschema.validators import validator_for  # slow to import, and seldom needed
    from referencing import Registry, Resource

    schema = _schema(version)
    resource: Resource[Any] = Resource.from_contents(_schema("geojson"))
    registry: Registry[Any] = Registry().with_resource(_GEOJSON, resource)
    return validator_for(schema)(schema, registry=registry)


def _schema(name: str) -> Any:
    return json.loads((files("dragoman.formats.ninjs") / "schema" / f"{name}.json").read_text("utf-8"))
