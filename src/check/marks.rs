//! Marks of a text: what of its characters and words is known at a glance, so that rules need not look for it.

/// What stands in a text. A rule that can say nothing without one of these is not asked where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u16);

impl Marks {
    /// Nothing of all this.
    pub const NONE: Self = Self(0);
    /// A digit from 0 to 9.
    pub const DIGIT: Self = Self(1);
    /// A double quotation mark, straight (`"`) or curly (“, ” and „).
    pub const QUOTE: Self = Self(1 << 1);
    /// A straight apostrophe: `'`.
    pub const STRAIGHT_APOSTROPHE: Self = Self(1 << 2);
    /// A curly apostrophe: ’.
    pub const CURLY_APOSTROPHE: Self = Self(1 << 3);
    /// A bracket that opens: `(`.
    pub const BRACKET: Self = Self(1 << 4);
    /// A word that begins with three capitals from A to Z.
    pub const CAPITALS: Self = Self(1 << 5);
    /// Two words that follow each other and may be the same.
    pub const TWICE: Self = Self(1 << 6);
    /// A number in digits, or a word for one.
    pub const NUMBER: Self = Self(1 << 7);
    /// A letter that may pass for a Latin one: Greek, Cyrillic, or two letters in one sign.
    pub const LOOK_ALIKE: Self = Self(1 << 8);

    /// One bit for each.
    pub(super) const fn bits(self) -> u16 {
        self.0
    }

    /// From such bits.
    pub(super) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of `wanted` is among them.
    pub const fn have_any(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Whether all of `wanted` are among them.
    pub const fn have_all(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// What a character that is no letter says by being there.
    pub(super) const fn of(one: char) -> Self {
        match one {
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' => Self::QUOTE,
            '\'' => Self::STRAIGHT_APOSTROPHE,
            '\u{2019}' => Self::CURLY_APOSTROPHE,
            '(' => Self::BRACKET,
            '0'..='9' => Self::DIGIT.and(Self::NUMBER),
            '\u{370}'..='\u{52f}' | '\u{fb00}'..='\u{fb06}' => Self::LOOK_ALIKE,
            _ => Self::NONE,
        }
    }
}
