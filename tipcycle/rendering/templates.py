"""Where do the words come from? config/templates/*.j2; a missing value is an error, never an empty place."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from tipcycle.errors import ConfigError, Fault
from tipcycle.model import moment
from tipcycle.model.post import bureau_name
from tipcycle.rendering.markdown_text import plain

# What an expression of a template can run into: a sum of words, a division by nought, a filter on the wrong thing.
_COMPUTING = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


def render(templates: Path, name: str, **values: Any) -> str:
    """The filled template; raises `ConfigError` naming template, line and variable."""
    try:
        return _environment(templates).get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        raise ConfigError([_fault(error.name or name, f"line {error.lineno}", str(error.message))]) from error
    except jinja2.TemplateNotFound as error:
        raise ConfigError([_fault(str(error.name or name), "", "the template is missing; restore it")]) from error
    except jinja2.UndefinedError as error:
        raise ConfigError([_fault(*_where(error, templates, name), str(error.message))]) from error
    except UnicodeDecodeError as error:
        raise ConfigError(template_faults(templates) or [_not_text(name, error)]) from error
    except (jinja2.TemplateError, *_COMPUTING) as error:
        found, line = _where(error, templates, name)
        if not line:
            raise  # not in a template: our own mistake
        remedy = f"{type(error).__name__}: {error}; correct the expression on that line"
        raise ConfigError([_fault(found, line, remedy)]) from error


def template_faults(templates: Path) -> list[Fault]:
    """Every template of the folder and those below that cannot be read as one, with its line; in order of name.

    Word and typst templates are read when a paper is drawn: `tipcycle plan check` draws them all.
    """
    faults = []
    for path in sorted(templates.rglob("*.j2")):
        name = path.relative_to(templates).as_posix()
        try:
            _environment(templates).get_template(name)
        except jinja2.TemplateSyntaxError as error:
            faults.append(_fault(name, f"line {error.lineno}", str(error.message)))
        except jinja2.TemplateNotFound:
            faults.append(_fault(name, "", "is no file; restore the template"))
        except UnicodeDecodeError as error:
            faults.append(_not_text(name, error))
        else:
            if not path.read_text(encoding="utf-8").strip():
                faults.append(_fault(name, "", "the template is empty; restore its words"))
    if not faults and not any(templates.rglob("*.j2")):
        faults.append(Fault("config/templates", "", "there is no template", "restore the folder"))
    return faults


@cache
def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Pages escape what they show; in a text for people nothing is to be escaped.
        autoescape=jinja2.select_autoescape(["html.j2"], default=False),
    )
    environment.filters |= {
        "bureau_name": bureau_name,
        "long_day": moment.long_day,
        "plain": plain,
        "iso_day": lambda text: moment.day(date.fromisoformat(text)),
        "iso_moment": lambda text: moment.utc(datetime.fromisoformat(text)),
        "weekday_and_day": lambda on: f"{on:%A}, {moment.long_day(on)}",
        "in_words": lambda number: _NUMBERS.get(number, str(number)),
        "upper_first": lambda text: text[:1].upper() + text[1:],
    }
    return environment


def _not_text(name: str, error: UnicodeDecodeError) -> Fault:
    return _fault(name, f"byte {error.start}", "the template is not text in UTF-8; save it so")


def _fault(name: str, place: str, remedy: str) -> Fault:
    return Fault(f"config/templates/{name}", place, "", remedy)


def _where(error: BaseException, templates: Path, name: str) -> tuple[str, str]:
    """The template and line in which the error arose: `name`, or one that it includes."""
    trace, found, line = error.__traceback__, name, ""
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(templates):
            found, line = file.relative_to(templates).as_posix(), f"line {trace.tb_lineno}"
        trace = trace.tb_next
    return found, line
