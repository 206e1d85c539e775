"""The same for sets of prompts, and the notes that are written with them."""

from reflections.models import PromptSet, PromptSetVersion

from .breaking import NOW, reflection


def prompt_set(cast, **columns):
    right = {"partnership": cast.partnership, "offered_by": cast.steward, "offered_at": NOW}
    return PromptSet(**right | columns)


def version(cast, **columns):
    right = {"prompt_set": cast["prompt_set"], "number": 90, "name": "n", "questions": ["q"]}
    return PromptSetVersion(**right | {"changed_by": cast.steward, "changed_at": NOW} | columns)


BREAKING = {
    "reflections_reflection_names_the_prompts_it_has": lambda cast: reflection(cast, prompt_set="gibbs"),
    "reflections_promptset_retired_by_somebody": lambda cast: prompt_set(cast, retired_at=NOW),
    "reflections_promptset_has_a_version": lambda cast: prompt_set(cast, version=0),
    "reflections_promptsetversion_each_number_once": lambda cast: version(cast, number=1),
    "reflections_promptsetversion_has_a_name": lambda cast: version(cast, name=""),
}
