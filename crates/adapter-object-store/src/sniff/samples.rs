//! Archives for the tests.

/// An archive of these entries, each of `size` bytes, stored as they are.
pub(crate) fn archive(names: &[&str], size: usize) -> Vec<u8> {
    build(names, size, false)
}

/// The same as a program writes it that does not know the sizes beforehand: they follow each entry.
pub(crate) fn streamed_archive(names: &[&str], size: usize) -> Vec<u8> {
    build(names, size, true)
}

fn build(names: &[&str], size: usize, streamed: bool) -> Vec<u8> {
    let mut file = Vec::new();
    let mut table = Vec::new();
    let flags = if streamed { 8_u16 } else { 0 };
    let bytes = u32::try_from(size).unwrap().to_le_bytes();
    for name in names {
        let offset = u32::try_from(file.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        file.extend_from_slice(b"PK\x03\x04\x14\0");
        file.extend_from_slice(&flags.to_le_bytes());
        file.extend_from_slice(&[0; 10]);
        let told = if streamed { [0; 4] } else { bytes };
        file.extend_from_slice(&[told, told].concat());
        file.extend_from_slice(&length);
        file.extend_from_slice(&[0; 2]);
        file.extend_from_slice(name.as_bytes());
        file.resize(file.len() + size, 0xa5);
        if streamed {
            file.extend_from_slice(b"PK\x07\x08\0\0\0\0");
            file.extend_from_slice(&[bytes, bytes].concat());
        }

        table.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
        table.extend_from_slice(&flags.to_le_bytes());
        table.extend_from_slice(&[0; 10]);
        table.extend_from_slice(&[bytes, bytes].concat());
        table.extend_from_slice(&length);
        table.extend_from_slice(&[0; 12]);
        table.extend_from_slice(&offset);
        table.extend_from_slice(name.as_bytes());
    }
    let entries = u16::try_from(names.len()).unwrap().to_le_bytes();
    let offset = u32::try_from(file.len()).unwrap().to_le_bytes();
    let length = u32::try_from(table.len()).unwrap().to_le_bytes();
    file.extend_from_slice(&table);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&[entries, entries].concat());
    file.extend_from_slice(&[length, offset].concat());
    file.extend_from_slice(&[0; 2]);
    file
}
