//! What a rule reckons: `(words / sentences) + 0.4 * math.sqrt(syllables)`, and the condition on it.

use std::collections::BTreeMap;

/// How deep brackets may lie in each other.
const DEEPEST: usize = 64;

/// A value on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Truth(bool),
}

/// Names with their numbers.
pub(super) type Numbers = BTreeMap<&'static str, f64>;

/// The value of `text`, or why it has none.
pub(super) fn value(text: &str, numbers: &Numbers) -> Result<Value, String> {
    let mut reader = Reader { rest: text, numbers, depth: 0 };
    let value = reader.either()?;
    match reader.peek() {
        "" => Ok(value),
        rest => Err(format!("`{}` is not understood here", rest.chars().take(12).collect::<String>())),
    }
}

struct Reader<'a> {
    rest: &'a str,
    numbers: &'a Numbers,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&mut self) -> &'a str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// The first of `signs` that comes next.
    fn sign(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let rest = self.peek();
        let sign = *signs.iter().find(|sign| rest.starts_with(**sign))?;
        self.rest = &rest[sign.len()..];
        Some(sign)
    }

    fn either(&mut self) -> Result<Value, String> {
        let mut left = self.both()?;
        while self.sign(&["||"]).is_some() {
            let right = self.both()?;
            left = Value::Truth(truth(left)? | truth(right)?);
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Value, String> {
        let mut left = self.comparison()?;
        while self.sign(&["&&"]).is_some() {
            let right = self.comparison()?;
            left = Value::Truth(truth(left)? & truth(right)?);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Value, String> {
        let left = self.sum()?;
        let Some(sign) = self.sign(&["<=", ">=", "==", "!=", "<", ">"]) else { return Ok(left) };
        let (left, right) = (number(left)?, number(self.sum()?)?);
        Ok(Value::Truth(match sign {
            "<=" => left <= right,
            ">=" => left >= right,
            "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            _ => left > right,
        }))
    }

    fn sum(&mut self) -> Result<Value, String> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&["+", "-"]) {
            let (one, other) = (number(left)?, number(self.product()?)?);
            left = Value::Number(if sign == "+" { one + other } else { one - other });
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Value, String> {
        let mut left = self.unary()?;
        while let Some(sign) = self.sign(&["*", "/", "%"]) {
            let (one, other) = (number(left)?, number(self.unary()?)?);
            left = Value::Number(match sign {
                "*" => one * other,
                "/" => one / other,
                _ => one % other,
            });
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("there are too many brackets in each other".to_owned());
        }
        let value = match self.sign(&["-", "+", "!"]) {
            Some("-") => Value::Number(-number(self.unary()?)?),
            Some("!") => Value::Truth(!truth(self.unary()?)?),
            Some(_) => self.unary()?,
            None => self.atom()?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn atom(&mut self) -> Result<Value, String> {
        if self.sign(&["("]).is_some() {
            let value = self.either()?;
            return if self.sign(&[")"]).is_some() { Ok(value) } else { Err("a bracket is not closed".to_owned()) };
        }
        let rest = self.peek();
        let is_name = |one: char| one.is_ascii_alphanumeric() || one == '_' || one == '.';
        let end = rest.find(|one| !is_name(one)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return Err("a number or a name is missing".to_owned());
        }
        self.rest = after;
        if word.starts_with(|one: char| one.is_ascii_digit() || one == '.') {
            return word.parse().map(Value::Number).map_err(|_| format!("`{word}` is not a number"));
        }
        if let Some(function) = word.strip_prefix("math.") {
            return self.call(function);
        }
        let name = word.replace('.', "_");
        let number = self.numbers.get(name.as_str()).ok_or_else(|| format!("there is no `{word}` to reckon with"))?;
        Ok(Value::Number(*number))
    }

    fn call(&mut self, function: &str) -> Result<Value, String> {
        match function {
            "pi" => return Ok(Value::Number(std::f64::consts::PI)),
            "e" => return Ok(Value::Number(std::f64::consts::E)),
            _ => {}
        }
        if self.sign(&["("]).is_none() {
            return Err(format!("`math.{function}` needs brackets"));
        }
        let mut given = vec![number(self.either()?)?];
        while self.sign(&[","]).is_some() {
            given.push(number(self.either()?)?);
        }
        if self.sign(&[")"]).is_none() {
            return Err("a bracket is not closed".to_owned());
        }
        let number = match (function, given.as_slice()) {
            ("sqrt", [one]) => one.sqrt(),
            ("cbrt", [one]) => one.cbrt(),
            ("abs", [one]) => one.abs(),
            ("floor", [one]) => one.floor(),
            ("ceil", [one]) => one.ceil(),
            ("trunc", [one]) => one.trunc(),
            ("exp", [one]) => one.exp(),
            ("log", [one]) => one.ln(),
            ("log10", [one]) => one.log10(),
            ("log2", [one]) => one.log2(),
            ("pow", [one, other]) => one.powf(*other),
            ("min", [one, other]) => one.min(*other),
            ("max", [one, other]) => one.max(*other),
            _ => return Err(format!("desk does not know `math.{function}`")),
        };
        Ok(Value::Number(number))
    }
}

fn number(value: Value) -> Result<f64, String> {
    match value {
        Value::Number(number) => Ok(number),
        Value::Truth(_) => Err("a number is needed where a comparison stands".to_owned()),
    }
}

fn truth(value: Value) -> Result<bool, String> {
    match value {
        Value::Truth(truth) => Ok(truth),
        Value::Number(_) => Err("a comparison is needed where a number stands".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_values() {
        let numbers = Numbers::from([("words", 30.0), ("sentences", 2.0), ("heading_h2", 3.0)]);
        let is = |text: &str, expected| assert_eq!(value(text, &numbers), Ok(expected), "{text}");
        is("(words / sentences) + 2 * 3", Value::Number(21.0));
        is("1 - 2 - 3", Value::Number(-4.0));
        is("math.sqrt(16) * -1", Value::Number(-4.0));
        is("heading.h2 > 2 && !(words < 3)", Value::Truth(true));
        for wrong in ["", "1 +", "(1", "zebra", "1 2", "math.sin(1)", "1 && 2", "1 > 2 > 3"] {
            assert!(value(wrong, &numbers).is_err(), "{wrong}");
        }
        assert!(value(&"(".repeat(10_000), &numbers).is_err());
    }
}
