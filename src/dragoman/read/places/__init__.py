"""Places: those a text speaks of, and which country a name lies in. Pure.

find_places     the places of a text, with country and coordinates     city_country, country_code, is_state
"""

from dragoman.read.places.find import find_places
from dragoman.read.places.known import city_country, country_code, is_state

__all__ = ["city_country", "country_code", "find_places", "is_state"]
