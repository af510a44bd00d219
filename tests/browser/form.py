"""How is one of Prefect's forms filled in? By what a person sees: labels, lists, switches and the button below."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

_CREATED, _BUSY = 201, 503
_PRESSES = 5


class Form:
    """The form that is open in `page`."""

    def __init__(self, page: Page) -> None:
        self._page = page
        expect(page.get_by_text("Validate parameters")).to_be_visible()

    def field(self, name: str) -> Locator:
        """One field with its label; Prefect writes behind it that it may be left as it is."""
        label = self._page.locator(
            ".schema-form-property__label", has_text=re.compile(rf"^\s*{name}( \(Optional\))?\s*$")
        )
        return self._page.locator(".schema-form-property").filter(has=label)

    @property
    def fields(self) -> list[str]:
        """What a person is asked for, from top to bottom."""
        labels = self._page.locator(".schema-form-property__label").all_inner_texts()
        return [label.removesuffix("(Optional)").strip() for label in labels]

    def choose(self, name: str, value: str) -> None:
        """Open a list, search it and choose."""
        self.field(name).locator(".p-select-button__icon").click(force=True)
        options = self._page.get_by_role("listbox")
        options.get_by_placeholder("Search").fill(value)
        options.get_by_role("option", name=value, exact=True).click()
        expect(self.field(name)).to_contain_text(value)

    def write(self, name: str, text: str) -> None:
        """Write into a box."""
        self.field(name).locator("textarea").fill(text)

    def switch(self, name: str, *, on: bool) -> None:
        """Turn a switch on or off."""
        knob = self.field(name).get_by_role("switch")
        if knob.get_attribute("aria-checked") != str(on).lower():
            knob.click()
        expect(knob).to_have_attribute("aria-checked", str(on).lower())

    def submit(self) -> str:
        """Start the run; its id. As a person would, press again where the server was too busy to take it."""
        button = self._page.get_by_role("button", name="Submit")
        for _ in range(_PRESSES):
            with self._page.expect_response(lambda answer: answer.url.endswith("/create_flow_run")) as answered:
                button.click()
            if answered.value.status != _BUSY:
                break
        assert answered.value.status == _CREATED, answered.value.text()
        return str(answered.value.json()["id"])
