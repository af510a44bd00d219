"""Is a cable laid out as the handbook asks? One file a rule; `RULES` is the index, docs/cable-check.md the table."""

from tipcycle.cables.lint.blocks_are_closed import blocks_are_closed
from tipcycle.cables.lint.captions_are_known import captions_are_known
from tipcycle.cables.lint.country_fits import country_fits
from tipcycle.cables.lint.cross_references_lead_somewhere import cross_references_lead_somewhere
from tipcycle.cables.lint.header_is_whole import header_is_whole
from tipcycle.cables.lint.header_stands_once import header_stands_once
from tipcycle.cables.lint.lines_fit import lines_fit
from tipcycle.cables.lint.marks_are_known import marks_are_known
from tipcycle.cables.lint.niact_is_justified import niact_is_justified
from tipcycle.cables.lint.paragraphs_are_numbered import paragraphs_are_numbered
from tipcycle.cables.lint.precedence_is_valid import precedence_is_valid
from tipcycle.cables.lint.quotes_are_whole import quotes_are_whole
from tipcycle.cables.lint.references_are_cited import references_are_cited
from tipcycle.cables.lint.rule import Known, Rule
from tipcycle.cables.lint.tags_are_formed import tags_are_formed
from tipcycle.cables.lint.text_is_ascii import text_is_ascii

RULES: tuple[Rule, ...] = (
    header_is_whole,
    header_stands_once,
    precedence_is_valid,
    niact_is_justified,
    captions_are_known,
    tags_are_formed,
    country_fits,
    references_are_cited,
    cross_references_lead_somewhere,
    paragraphs_are_numbered,
    marks_are_known,
    blocks_are_closed,
    quotes_are_whole,
    text_is_ascii,
    lines_fit,
)

__all__ = ["RULES", "Known", "Rule"]
