//! Vectors as a NumPy array, with what the table knows of each row beside it.

use std::io::Write;

use serde_json::Value;
use throughline_schema::table::Record;
use throughline_schema::tables::VectorRow;

use super::watched::Watched;
use crate::TabularError;

/// Writes the vectors of `rows` as one C-ordered array of little-endian float32, rows × `dimensions`, in NumPy's
/// format 1.0. A row without a vector is a row of NaN, so that the array and the table stay aligned.
///
/// # Errors
/// A vector of another length, or what the writer refuses.
pub fn write_npy(rows: &[VectorRow], dimensions: usize, out: &mut dyn Write) -> Result<(), TabularError> {
    if let Some(row) = rows.iter().find(|row| row.vector.as_ref().is_some_and(|v| v.len() != dimensions)) {
        return Err(TabularError::Convert {
            table: VectorRow::TABLE.name.to_owned(),
            problem: format!("the vector of \"{}\" has not {dimensions} dimensions like the others", row.id),
        });
    }
    let shape =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {dimensions}), }}", rows.len());
    // Magic, version and length take 10 bytes; the data begins at a multiple of 64.
    let length = (10 + shape.len() + 1).next_multiple_of(64) - 10;
    let mut out = Watched::new(out);
    let written = (|| {
        out.write_all(b"\x93NUMPY\x01\x00")?;
        out.write_all(&(length as u16).to_le_bytes())?;
        writeln!(out, "{shape:width$}", width = length - 1)?;
        let missing = vec![f32::NAN; dimensions];
        for row in rows {
            let vector = row.vector.as_ref().unwrap_or(&missing);
            let bytes: Vec<u8> = vector.iter().flat_map(|value| value.to_le_bytes()).collect();
            out.write_all(&bytes)?;
        }
        out.flush()
    })();
    out.explain(VectorRow::TABLE.name, written)
}

/// Writes what the table knows of each row but its vector, a JSON object a line, in the order of the array.
///
/// # Errors
/// What the writer refuses.
pub fn write_npy_ids(rows: &[VectorRow], out: &mut dyn Write) -> Result<(), TabularError> {
    let mut out = Watched::new(out);
    let written = rows.iter().try_for_each(|row| {
        let mut value = serde_json::to_value(VectorRow { vector: None, ..row.clone() })?;
        if let Value::Object(fields) = &mut value {
            fields.shift_remove("vector");
        }
        serde_json::to_writer(&mut out, &value)?;
        out.write_all(b"\n").map_err(serde_json::Error::io)
    });
    out.explain(VectorRow::TABLE.name, written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, vector: Option<Vec<f32>>) -> VectorRow {
        VectorRow {
            id: id.into(),
            reason: vector.is_none().then(|| "the text is empty".into()),
            vector,
            tokens: 3,
            tokens_kept: 3,
            unit: throughline_schema::Unit::Article,
            model: "m".into(),
        }
    }

    #[test]
    fn the_array_is_laid_out_as_numpy_lays_it_out() {
        let rows = [row("a", Some(vec![0.6, 0.8])), row("b", None), row("c", Some(vec![1.0, 0.0]))];
        let mut file = Vec::new();
        write_npy(&rows, 2, &mut file).unwrap();
        let length = usize::from(u16::from_le_bytes([file[8], file[9]]));
        assert_eq!(&file[..8], b"\x93NUMPY\x01\x00");
        assert_eq!((10 + length) % 64, 0);
        let header = std::str::from_utf8(&file[10..10 + length]).unwrap();
        assert!(
            header.starts_with("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }"),
            "{header}"
        );
        assert!(header.ends_with('\n'));
        let values: Vec<f32> =
            file[10 + length..].chunks(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
        assert_eq!((values.len(), values[0], values[1], values[4], values[5]), (6, 0.6, 0.8, 1.0, 0.0));
        assert!(values[2].is_nan() && values[3].is_nan());
    }

    #[test]
    fn the_ids_stand_in_the_order_of_the_array() {
        let mut file = Vec::new();
        write_npy_ids(&[row("b\n1", Some(vec![1.0])), row("a", None)], &mut file).unwrap();
        let lines: Vec<Value> =
            std::str::from_utf8(&file).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&"b\n1".into(), &"a".into()));
        assert_eq!(lines[1]["reason"], "the text is empty");
        assert!(lines[0].get("vector").is_none());
    }

    #[test]
    fn vectors_of_two_lengths_make_no_array() {
        assert!(
            write_npy(&[row("a", Some(vec![1.0])), row("b", Some(vec![0.6, 0.8]))], 1, &mut Vec::new())
                .is_err()
        );
    }
}
