"""My network in a browser: built by keyboard and mouse, its link copied and opened."""

from playwright.sync_api import expect

from tests.e2e.app import App


def press(app: App, name: str) -> None:
    app.page.get_by_role("button", name=name, exact=True).click()
    app.wait_idle()


def fill(app: App, label: str, value: str) -> None:
    field = app.page.get_by_role("spinbutton", name=label)
    field.fill(value)
    field.press("Enter")
    app.wait_idle()


def test_layers_are_chosen_added_changed_moved_removed_and_shared(app: App) -> None:
    page = app.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app.open("train?view=own")
    train = page.get_by_role("button", name="Train", exact=True)
    layers = page.get_by_role("radiogroup", name="Layer to edit").get_by_role("radio")
    expect(layers).to_have_count(4)
    page.locator("label", has_text="Conv 8").locator("input").focus()
    for layer in ("Layer 2: MaxPool 2 × 2", "Layer 3: Flatten"):
        page.keyboard.press("ArrowRight")
        app.wait_idle()
        expect(page.get_by_text(layer)).to_be_visible()
    page.locator("label", has_text="MaxPool 2").click()
    app.wait_idle()
    expect(page.get_by_text("Layer 2: MaxPool 2 × 2")).to_be_visible()
    press(app, "Conv")
    expect(layers).to_have_count(5)
    fill(app, "Patterns (filters)", "4")
    expect(page.locator("label", has_text="10 × 10 × 4")).to_be_visible()
    press(app, "Earlier")
    expect(page.get_by_text("Layer 2: Conv 4, 3 × 3, relu")).to_be_visible()
    fill(app, "Size, in pixels", "25")
    breaks = page.get_by_text("breaks at layer 2. 25×25 convolution needs")
    expect(breaks).to_be_visible()
    expect(page.get_by_text("✗ breaks here")).to_be_visible()
    expect(train).to_be_disabled()

    press(app, "Copy link")
    expect(page.get_by_text("Copied.", exact=True)).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.get_by_role("textbox", name="The link").input_value() == page.url
    assert "design=" in link
    app.open(link.removeprefix(app.url))
    expect(breaks).to_be_visible()
    # Where there is no clipboard, the old way.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    press(app, "Copy link")
    expect(page.get_by_text("Copied.", exact=True)).to_be_visible()
    page.locator("label", has_text="Conv 4, 25").click()
    app.wait_idle()
    press(app, "Remove")
    expect(page.get_by_text("breaks at")).to_have_count(0)
    expect(train).to_be_enabled()
    page.go_back()
    expect(breaks).to_be_visible()
    app.wait_idle()
