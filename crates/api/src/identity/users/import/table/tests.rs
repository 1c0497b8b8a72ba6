use super::*;

/// Every line of a file that arrives in pieces of so many bytes: its number, and its texts or what is wrong.
fn read(file: &[u8], piece: usize) -> Result<Vec<(u64, String)>, String> {
    let code = |problem: Problem| problem.to_value()["code"].as_str().unwrap().to_owned();
    let mut table = Table::new();
    let mut lines = Vec::new();
    let mut pieces = file.chunks(piece);
    loop {
        let next = pieces.next();
        table
            .feed(next.unwrap_or_default(), next.is_none())
            .map_err(code)?;
        while let Some((number, line)) = table.next_line().map_err(code)? {
            lines.push((
                number,
                match line {
                    Line::Row(row) => format!("{row:?}"),
                    Line::Unreadable(error) => error.code.to_owned(),
                },
            ));
        }
        if next.is_none() {
            return Ok(lines);
        }
    }
}

fn row(email: &str, name: &str, roles: &str) -> String {
    let texts = [
        (Column::Email, email),
        (Column::FullName, name),
        (Column::Roles, roles),
    ];
    format!(
        "{:?}",
        Row::new(texts.map(|(column, text)| (column, text.to_owned())))
    )
}

#[test]
fn lines_have_their_numbers_however_the_file_is_cut_and_whatever_ends_them() {
    let files: [&[u8]; 5] = [
        b"email,full_name,roles\ra@x,\"Asha\nMushi\",student\r\rb@x,\"B, \"\"Q\"\"\",student\rc@x,C\r",
        b"email,full_name,roles\na@x,\"Asha\nMushi\",student\n\nb@x,\"B, \"\"Q\"\"\",student\nc@x,C\n",
        b"\xEF\xBB\xBFE-Mail;Name;Role\r\na@x;\"Asha\nMushi\";student\r\n\r\nb@x;\"B, \"\"Q\"\"\";student\r\nc@x;C",
        b"email\tfull name\troles\na@x\t\"Asha\nMushi\"\tstudent\n\nb@x\tB, \"Q\"\tstudent\nc@x\tC\n",
        b"email,full_name,roles\r\na@x,\"Asha\nMushi\",student\r\n\r\nb@x,\"B, \"\"Q\"\"\",student\r\nc@x,C\r\n",
    ];
    let expected = vec![
        (2, row("a@x", "Asha\nMushi", "student")),
        (5, row("b@x", "B, \"Q\"", "student")),
        (6, "column_count".to_owned()),
    ];
    for file in files {
        for piece in [1, 2, 3, 7, 4_096] {
            let read = read(file, piece);
            assert_eq!(
                read.as_ref(),
                Ok(&expected),
                "{piece}: {}",
                String::from_utf8_lossy(file)
            );
        }
    }
}

#[test]
fn what_is_no_such_table_is_refused_before_anything_is_done() {
    for (file, code) in [
        (b"\xFF\xFEe\0m\0a\0i\0l\0,\0".as_slice(), "csv_encoding"),
        (b"\xFE\xFF\0e\0m", "csv_encoding"),
        (b"e\0m\0", "csv_encoding"),
        (b"", "missing_column"),
        (b"\n\n", "missing_column"),
        (b"email,full_name\n", "missing_column"),
        (b"email,full_name,roles,password\n", "unknown_column"),
        (b"email,full_name,roles,mail\n", "duplicate_column"),
    ] {
        assert_eq!(
            read(file, 3),
            Err(code.to_owned()),
            "{}",
            String::from_utf8_lossy(file)
        );
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_where_it_stands() {
    let head = b"email,full_name,roles\na@x,A,student\n".as_slice();
    let long = [
        b"\"b@x,B,student\n".as_slice(),
        &b"c@x,C,student\n".repeat(10_000),
    ]
    .concat();
    for rest in [b"\"b@x,B,student\nc@x,C,student\nd@x,D,student".as_slice(), &long] {
        for piece in [1, 7, 4_096] {
            let lines = read(&[head, rest].concat(), piece).unwrap();
            assert_eq!(
                lines,
                [
                    (2, row("a@x", "A", "student")),
                    (3, "unclosed_quotation".to_owned())
                ]
            );
        }
    }
    // One within a text opens nothing.
    let lines = read(&[head, b"b@x,B 5\" tall,student\n"].concat(), 7).unwrap();
    assert_eq!(lines[1], (3, row("b@x", "B 5\" tall", "student")));
}

#[test]
fn a_line_that_cannot_be_read_leaves_the_others_alone() {
    let mut file = b"email,full_name,roles\n".to_vec();
    file.extend_from_slice(b"a@x,\xFF\xFE,student\n");
    file.extend_from_slice(&[b"b@x,".as_slice(), &vec![b'y'; 3 * MAX_LINE], b",student\n"].concat());
    file.extend_from_slice(&[b"c@x".as_slice(), &[b','; 3 * MAX_COLUMNS], b"\n"].concat());
    file.extend_from_slice(b"d@x,D,student\n");
    let expected = vec![
        (2, "csv_encoding".to_owned()),
        (3, "line_too_long".to_owned()),
        (4, "line_too_long".to_owned()),
        (5, row("d@x", "D", "student")),
    ];
    for piece in [1_000, 100_000, 1_000_000] {
        assert_eq!(read(&file, piece), Ok(expected.clone()));
    }
}
