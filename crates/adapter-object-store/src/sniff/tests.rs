use super::{samples::archive, *};

/// Feeds `content` in pieces of `size` and stops at the first verdict, as the store does.
fn sniff_in(size: usize, name: &str, content: &[u8]) -> Option<AttachmentType> {
    let mut sniffer = Sniffer::new(name);
    for piece in content.chunks(size) {
        match sniffer.feed(piece) {
            Verdict::Open => {}
            Verdict::Known(kind) => return Some(kind),
            Verdict::Unknown => return None,
        }
    }
    sniffer.finish()
}

#[track_caller]
fn is(name: &str, content: &[u8], kind: Option<AttachmentType>) {
    for size in [1, 3, 64, 65_536, usize::MAX] {
        let size = size.min(content.len().max(1));
        assert_eq!(sniff_in(size, name, content), kind, "{name} in pieces of {size}");
    }
}

fn filled(mark: &[u8]) -> Vec<u8> {
    let mut content = mark.to_vec();
    content.extend((0..500_u16).map(|number| number.to_le_bytes()[0]));
    content
}

#[test]
fn each_kind_is_told_by_its_content_whatever_its_name() {
    for (mark, kind) in [
        (&b"\x89PNG\r\n\x1a\n"[..], AttachmentType::Png),
        (b"\xff\xd8\xff\xe0", AttachmentType::Jpeg),
        (b"GIF87a", AttachmentType::Gif),
        (b"GIF89a", AttachmentType::Gif),
        (b"RIFF\x10\x27\0\0WEBPVP8 ", AttachmentType::Webp),
        (b"%PDF-1.7\n", AttachmentType::Pdf),
        (b"\r\n%PDF-1.4\n", AttachmentType::Pdf),
        (b"AC1032\0\0\0\0\0", AttachmentType::Dwg),
        (b"AC1015\0\0\0\0\0", AttachmentType::Dwg),
        (b"AutoCAD Binary DXF\r\n\x1a\0", AttachmentType::Dxf),
        (b"PK\x03\x04", AttachmentType::Zip),
    ] {
        for name in ["", "file", "report.pdf", "photo.png", "page.html", "table.csv"] {
            is(name, &filled(mark), Some(kind));
            is(name, mark, Some(kind));
        }
    }
    is(
        "a.docx",
        &archive(&["[Content_Types].xml", "word/document.xml"], 70_000),
        Some(AttachmentType::Docx),
    );
    is("a.png", &archive(&["notes.txt"], 10), Some(AttachmentType::Zip));
    is("a.zip", &archive(&[], 0), Some(AttachmentType::Zip));
    is(
        "a.svg",
        b"<?xml version=\"1.0\"?>\n<!-- Pump -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
        Some(AttachmentType::Svg),
    );
    is(
        "a.dxf",
        b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n  0\r\nENDSEC\r\n  0\r\nEOF\r\n",
        Some(AttachmentType::Dxf),
    );
    is(
        "old.dxf",
        b"0\nSECTION\n1\nStra\xdfe, caf\xe9\n0\nEOF\n",
        Some(AttachmentType::Dxf),
    );
}

#[test]
fn text_is_csv_by_its_name_and_plain_by_any_other() {
    let table = "siku,saa\n2026-07-06,8\nJumanne — ç,7.5\n".as_bytes();
    is("saa.csv", table, Some(AttachmentType::Csv));
    is("SAA.CSV", table, Some(AttachmentType::Csv));
    for name in ["saa.txt", "csv", "saa.csv.txt", "", "saa.xlsx", "saa.exe"] {
        is(name, table, Some(AttachmentType::Text));
    }
    is("notes.txt", b"x", Some(AttachmentType::Text));
    is(
        "notes.txt",
        b"GIFts were handed out, BMW visited",
        Some(AttachmentType::Text),
    );
    is(
        "notes.txt",
        "\u{feff}With a byte order mark\r\n".as_bytes(),
        Some(AttachmentType::Text),
    );
}

#[test]
fn programs_pages_and_scripts_are_of_no_known_kind_whatever_their_name() {
    for content in [
        &b"MZ\x90\0\x03\0\0\0"[..],
        b"\x7fELF\x02\x01\x01\0",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET['c']); ?>",
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"\n\n  <html><svg></svg>",
        b"<script>alert(1)</script>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file",
        b"RIFF\x10\x27\0\0WAVEfmt ",
        b"Rar!\x1a\x07\x01\0",
        b"\x1f\x8b\x08\0 compressed",
        b"BM6\0\x0c\0 a bitmap",
        b"\x89PNG\n\x1a\n",
        b"PK\x07\x08 one of several disks",
        b"\xff\xfes\0a\0a\0 in UTF-16",
        b"caf\xe9 in Latin-1",
        b"",
    ] {
        for name in [
            "photo.png",
            "report.pdf",
            "notes.txt",
            "table.csv",
            "drawing.svg",
            "drawing.dxf",
            "x",
        ] {
            is(name, content, None);
            is(name, &[content, &[0; 200]].concat(), None);
        }
    }
}

#[test]
fn a_text_is_read_to_its_end() {
    let long = "All day at the lathe. ".repeat(4_000);
    is("notes.txt", long.as_bytes(), Some(AttachmentType::Text));
    for end in [&b"\0"[..], b"\xff", b"\x1b[2J", b"\xe6\xb8"] {
        is("notes.txt", &[long.as_bytes(), end].concat(), None);
        is("drawing.svg", &[b"<svg >", long.as_bytes(), end].concat(), None);
    }
}

#[test]
fn what_is_hopeless_is_known_before_its_end() {
    let mut sniffer = Sniffer::new("notes.txt");
    assert_eq!(sniffer.feed(&[b'a'; 100]), Verdict::Open);
    assert_eq!(sniffer.feed(b"\0"), Verdict::Unknown);
    let mut sniffer = Sniffer::new("photo.png");
    assert_eq!(
        sniffer.feed(&filled(b"\x89PNG\r\n\x1a\n")),
        Verdict::Known(AttachmentType::Png)
    );
}

#[test]
fn what_is_kept_of_a_long_file_is_bounded() {
    for content in [&b"PK\x03\x04"[..], b"plain text ", b"\x89PNG\r\n\x1a\n"] {
        let mut sniffer = Sniffer::new("");
        for _ in 0..2_000 {
            sniffer.feed(content);
            sniffer.feed(&[b'x'; 1_000]);
        }
        sniffer.feed(&vec![b'x'; 1_000_000]);
        assert!(sniffer.head.len() <= HEAD && sniffer.tail.len() <= 2 * TAIL);
    }
}

#[test]
fn the_end_that_is_kept_is_the_end() {
    let content: Vec<u8> = (0..300_000_u32).map(|number| number.to_le_bytes()[1]).collect();
    for size in [1, 7, 1_000, TAIL, TAIL + 1, 3 * TAIL] {
        let mut kept = Vec::new();
        let mut given = 0;
        for piece in content.chunks(size) {
            keep_last(&mut kept, piece, TAIL);
            given += piece.len();
            assert!(
                content[..given].ends_with(&kept) && kept.len() >= given.min(TAIL),
                "in pieces of {size}"
            );
        }
    }
}

#[test]
fn a_drawing_whose_root_comes_too_late_is_refused() {
    let late = |blanks: usize| format!("<?xml version='1.0'?><!--{}--><svg >", " ".repeat(blanks));
    is("a.svg", late(1_000).as_bytes(), Some(AttachmentType::Svg));
    is("a.svg", late(HEAD).as_bytes(), None);
}
