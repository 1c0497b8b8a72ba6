use proptest::prelude::*;

use super::*;

fn safe(sent: &str) -> String {
    SafeFileName::sanitise(sent).as_str().to_owned()
}

#[test]
fn names_that_do_no_harm_are_kept() {
    for name in [
        "report.pdf",
        "Bericht Übung 3.docx",
        "صورة.png",
        "写真.jpg",
        "a.tar.gz",
        "👩‍🔬.png",
        "README",
        "it's-(1).txt",
    ] {
        assert_eq!(safe(name), name);
    }
}

#[test]
fn a_path_leaves_only_its_last_part() {
    let cases = [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\Users\\asha\\log.pdf", "log.pdf"),
        ("C:log.pdf", "log.pdf"),
        ("a/b\\c.txt", "c.txt"),
        ("\\\\server\\share\\x.csv", "x.csv"),
    ];
    for (sent, expected) in cases {
        assert_eq!(safe(sent), expected, "{sent}");
    }
}

#[test]
fn a_name_of_which_nothing_is_left_is_called_attachment() {
    for sent in [
        "",
        " ",
        ".",
        "..",
        "../",
        "a/",
        "\0",
        "\u{202E}",
        "\u{200B}\u{200D}",
        "...",
        "C:",
        "\u{3164}",
    ] {
        assert_eq!(safe(sent), "attachment", "{sent:?}");
    }
}

#[test]
fn characters_that_lie_about_the_ending_are_left_out() {
    assert_eq!(safe("photo\u{202E}gpj.exe"), "photogpj.exe");
    assert_eq!(safe("re\0port\u{7}.p\ndf\r"), "report.pdf");
    assert_eq!(safe("a\u{200B}\u{2066}b\u{200F}.txt"), "ab.txt");
}

#[test]
fn characters_that_break_a_header_or_a_file_system_are_replaced() {
    assert_eq!(safe("a\"b<c>d|e?f*g.txt"), "a_b_c_d_e_f_g.txt");
    assert_eq!(safe("log.txt:stream"), "log.txt_stream");
}

#[test]
fn names_of_windows_devices_are_set_apart() {
    for sent in [
        "CON",
        "nul.txt",
        "aux.tar.gz",
        "Com1.log",
        "LPT9",
        "com¹.txt",
        "CONIN$",
    ] {
        assert_eq!(safe(sent), format!("_{sent}"), "{sent}");
    }
    assert_eq!(safe("con .txt"), "_con.txt");
    for sent in ["CONSOLE.txt", "COM10.txt", "console", "null.txt", "lpt.txt"] {
        assert_eq!(safe(sent), sent);
    }
}

#[test]
fn cutting_does_not_bring_a_device_back() {
    assert_eq!(safe(&format!("CON{}x.txt", " ".repeat(300))), "_CON.txt");
}

#[test]
fn dots_and_blanks_at_either_end_are_dropped() {
    assert_eq!(safe("  .bashrc. . "), "bashrc");
    assert_eq!(safe("report.pdf."), "report.pdf");
}

#[test]
fn a_long_name_is_cut_before_its_ending() {
    let cut = safe(&format!("{}.docx", "x".repeat(400)));
    assert_eq!(cut, format!("{}.docx", "x".repeat(145)));
    let wide = safe(&format!("{}.docx", "写".repeat(200)));
    assert_eq!(wide, format!("{}.docx", "写".repeat(83)));
    assert_eq!(safe(&"x".repeat(50_000_000)), "x".repeat(150));
}

#[test]
fn a_name_of_one_endless_character_is_called_attachment_with_its_ending() {
    assert_eq!(
        safe(&format!("a{}.pdf", "\u{301}".repeat(5_000))),
        "attachment.pdf"
    );
}

proptest! {
    #[test]
    fn every_name_is_made_safe_once_and_for_all(sent in "\\PC{0,300}|[a-cCONnul./\\\\: \u{202E}\u{301}\0]{0,300}") {
        let name = safe(&sent);
        prop_assert!(!name.is_empty());
        prop_assert!(name.len() <= MAX_BYTES && name.graphemes(true).count() <= MAX_CHARACTERS);
        prop_assert!(!name.contains(['/', '\\', '\0', ':']) && !name.starts_with('.') && !name.ends_with('.'));
        prop_assert!(!name.chars().any(char::is_control));
        prop_assert_eq!(safe(&name), name);
    }
}

#[test]
fn a_file_is_saved_under_an_ending_that_fits_its_content() {
    let long = "x".repeat(MAX_CHARACTERS);
    for (sent, kind, saved) in [
        ("plan.PNG", AttachmentType::Png, "plan.PNG"),
        ("photo.jpeg", AttachmentType::Jpeg, "photo.jpeg"),
        ("notes.md", AttachmentType::Text, "notes.md"),
        ("run.bat", AttachmentType::Text, "run.bat.txt"),
        ("page.html", AttachmentType::Gif, "page.html.gif"),
        ("innocent.png", AttachmentType::Zip, "innocent.png.zip"),
        ("README", AttachmentType::Text, "README.txt"),
        (".pdf", AttachmentType::Pdf, "pdf.pdf"),
    ] {
        assert_eq!(
            SafeFileName::sanitise(sent).as_kind(kind).as_str(),
            saved,
            "{sent}"
        );
    }
    let cut = SafeFileName::sanitise(&long).as_kind(AttachmentType::Pdf);
    assert_eq!(cut.as_str().chars().count(), MAX_CHARACTERS);
    assert!(cut.as_str().ends_with("x.pdf"));
    assert_eq!(SafeFileName::sanitise(cut.as_str()), cut);
}
