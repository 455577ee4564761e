"""Files that people send: eight ways to hold a camera, and everything that is no photo."""

import struct
import sys
import zlib
from functools import cache
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mnist_core.drawing import photo
from mnist_core.drawing.photo import UnreadablePhoto


@cache
def scene():
    """A picture whose four corners differ, so that no turn goes unseen: uint8 (300, 480, 3)."""
    pixels = np.full((300, 480, 3), 200, np.uint8)
    pixels[:150, :240] = 20
    pixels[150:, :240] = 90
    pixels[:150, 240:] = 140
    return pixels


def as_file(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@cache
def sample(kind):
    return as_file(Image.fromarray(scene()), kind)


# What the camera writes, and how the picture lies in the file then.
HELD = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.swapaxes(0, 1),
    6: lambda upright: upright.swapaxes(0, 1)[::-1],
    7: lambda upright: upright.swapaxes(0, 1)[::-1, ::-1],
    8: lambda upright: upright.swapaxes(0, 1)[:, ::-1],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", HELD)
def test_every_way_to_hold_a_camera_is_turned_upright(kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = Image.fromarray(np.ascontiguousarray(HELD[orientation](scene())))
    found = photo.read(as_file(lying, kind, exif=exif, quality=95))
    assert found.shape == (300, 480, 3)
    assert np.abs(found.astype(int) - scene()).mean() < 2


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_counts_as_upright(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert photo.read(as_file(Image.fromarray(scene()), "JPEG", exif=exif)).shape == (300, 480, 3)


@given(st.binary(min_size=1, max_size=200))
def test_damaged_notes_of_a_camera_do_not_spoil_the_picture(noise):
    data = as_file(Image.fromarray(scene()), "JPEG", exif=b"Exif\0\0II*\0" + noise)
    assert photo.read(data).shape[2] == 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I"])
def test_every_kind_of_png_keeps_dark_dark_and_light_light(mode):
    grey = scene()[..., 0]
    if mode.startswith("I"):
        picture = Image.fromarray(grey.astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(grey).convert(mode)
    found = photo.read(as_file(picture, "PNG"))
    assert found.shape == (300, 480, 3)
    assert found[20, 20].max() < found[280, 460].min()


def test_what_is_transparent_lies_on_white_paper():
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[40:60, 40:60, 3] = 255
    found = photo.read(as_file(Image.fromarray(pixels), "PNG"))
    assert found[10, 10].min() == 255
    assert found[200, 200].max() == 0


def test_a_tiny_picture_is_enlarged_and_a_large_one_reduced():
    small, large = Image.new("L", (28, 28)), Image.new("L", (4000, 3000))
    assert photo.read(as_file(small, "PNG")).shape == (400, 400, 3)
    for kind in ("PNG", "JPEG", "WEBP"):
        assert photo.read(as_file(large, kind)).shape == (750, 1000, 3)


def test_more_than_twelve_megabytes_are_refused_before_anything_is_decoded(monkeypatch):
    monkeypatch.setattr(Image, "open", None)
    with pytest.raises(UnreadablePhoto, match=r"has 12\.0 MB; the limit is 12 MB"):
        photo.read(sample("JPEG") + bytes(12_000_000))


def png(width, height, *chunks):
    """A PNG that claims this size, with these chunks, all of them sound."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = b"".join(chunk(*each) for each in chunks)
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def read_or_refused(data):
    """The shape of the picture, or else a word for the sentence it was refused with."""
    try:
        return photo.read(data).shape
    except UnreadablePhoto as refusal:
        sentence = str(refusal)
    return "damaged" if "is damaged" in sentence else sentence


def webp(kind, body):
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


WIDE = (16383 | 16383 << 14).to_bytes(4, "little")
BOMBS = {
    "png": png(50_000, 50_000, (b"IDAT", zlib.compress(bytes(1_000_000)))),
    "png, just above": png(10_000, 5_001, (b"IDAT", zlib.compress(bytes(10_001 * 5_001), 9))),
    "png, a side of billions": png(2**31 - 1, 2**31 - 1, (b"IDAT", b"")),
    "webp": webp(b"VP8X", bytes(4) + b"\xff\xff\x00" * 2 + bytes(20)),
    "webp, lossless": webp(b"VP8L", b"\x2f" + WIDE + bytes(20)),
    "webp, lossy": webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + b"\xff\x3f\xff\x3f" + bytes(20)),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_more_than_fifty_megapixels_are_refused_before_they_are_decoded(bomb, monkeypatch):
    monkeypatch.setattr(photo, "_small", None)
    with pytest.raises(UnreadablePhoto, match="pixels; the limit is 50 million"):
        photo.read(BOMBS[bomb])


def test_a_webp_bomb_never_reaches_pillow(monkeypatch):
    monkeypatch.setattr(Image, "open", None)
    with pytest.raises(UnreadablePhoto, match="million pixels"):
        photo.read(BOMBS["webp"])


def test_fifty_megapixels_are_read():
    flat = as_file(Image.new("L", (10_000, 5_000), 255), "PNG", compress_level=1)
    assert photo.read(flat).shape == (500, 1000, 3)


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_a_bomb_hidden_in_a_png_s_text_is_harmless(kind):
    hidden = zlib.compress(bytes(200_000_000), 9)
    head = b"x\0\0" if kind != b"iTXt" else b"x\0\x01\0\0\0"
    data = png(100, 100, (kind, head + hidden), (b"IDAT", zlib.compress(bytes(101 * 100))))
    assert read_or_refused(data) in ((400, 400, 3), "damaged")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "AVIF", "MPO", "PDF", "HEIF"])
def test_what_phones_and_scanners_send_is_read(kind):
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    found = photo.read(sample(kind))
    if kind == "PDF":
        # A page of paper may lose a part of a pixel.
        assert found.shape[1:] == (1000, 3)
        assert found.shape[0] in (624, 625)
    else:
        assert found.shape == (300, 480, 3)
    assert found[20, 20].max() < found[-20, 20].min() < found[-20, -20].min()


def test_light_ink_on_nothing_lies_on_black_and_a_cut_out_picture_on_white():
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[40:60, 40:60] = (236, 235, 230, 255)
    found = photo.read(as_file(Image.fromarray(pixels), "PNG"))
    assert found[10, 10].max() == 0
    assert found[200, 200].min() > 220
    pixels[40:90, 40:60] = (250, 250, 250, 255)
    pixels[45:55, 45:55, :3] = 0
    assert photo.read(as_file(Image.fromarray(pixels), "PNG"))[10, 10].min() == 255


OTHERS = {
    "an icon": lambda: sample("ICO"),
    "a JPEG 2000 picture": lambda: sample("JPEG2000"),
    "a text": lambda: "Liebes Tagebuch, schön".encode(),
    "an SVG drawing": lambda: b"<?xml version='1.0'?><svg/>",
    "a web page": lambda: b"<!DOCTYPE html><html></html>",
    "a video": lambda: b"\0\0\0\x18ftypisom" + bytes(50),
    "an archive or an office document": lambda: b"PK\3\4" + bytes(50),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_refused_kind_of_file_is_named_whatever_it_is_called(name):
    with pytest.raises(UnreadablePhoto, match=f"This is {name}, which cannot be read here. Send"):
        photo.read(OTHERS[name]())


@pytest.mark.parametrize("library", ["pillow_heif", "pypdfium2"])
def test_without_its_library_a_phone_s_file_is_named_and_what_to_do_said(library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    data = b"%PDF-1.4" if library == "pypdfium2" else b"\0\0\0\x18ftypheic" + bytes(99)
    with pytest.raises(UnreadablePhoto, match=r"This is a (HEIC picture|PDF).* Send .*screenshot"):
        photo.read(data)


def test_a_cut_off_heic_and_a_broken_pdf_are_refused_in_a_sentence():
    for data in (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), b"%PDF-1.4\n%%EOF"):
        with pytest.raises(UnreadablePhoto, match=r"HEIC|PDF"):
            photo.read(data)


@pytest.mark.parametrize(
    "data", [b"x", b"\x89PNG\r\n\x1a\n", b"RIFF", b"\xff\xd8\xff", b"<svg/>", b"%!PS", b"MZ" * 99]
)
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadablePhoto, match=r"\.$"):
        photo.read(data)
    with pytest.raises(UnreadablePhoto, match="empty"):
        photo.read(b"")


@pytest.mark.parametrize("size", [(15, 400), (400, 15), (1, 1)])
def test_a_picture_too_small_for_a_digit_is_refused(size):
    with pytest.raises(UnreadablePhoto, match="too small to hold a digit"):
        photo.read(as_file(Image.new("L", size), "PNG"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@given(part=st.floats(0.05, 0.95))
@settings(max_examples=30)
def test_a_photo_cut_off_on_its_way_is_damaged(kind, part):
    data = sample(kind)
    with pytest.raises(UnreadablePhoto, match=r"damaged|not a picture|cannot be read"):
        photo.read(data[: int(part * len(data))])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@given(
    spoils=st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=6)), max_size=5)
)
@settings(max_examples=150)
def test_a_photo_spoilt_anywhere_is_read_or_refused_in_a_sentence(kind, spoils):
    data = bytearray(sample(kind))
    for place, noise in spoils:
        start = place % len(data)
        data[start : start + len(noise)] = noise
    outcome = read_or_refused(bytes(data))
    assert isinstance(outcome, str) or 400 <= max(outcome) <= 1000


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"]))
def test_any_bytes_are_refused_in_a_sentence(noise, head):
    with pytest.raises(UnreadablePhoto, match=r"\.$"):
        photo.read(head + noise)
