//! The parser's complaints in the words of those who write briefings.

use serde_yaml::granit_parser::ErrorKind;

use crate::library::problem::{Place, Problem};

/// Why reading ended, and what to write.
pub fn broken(place: Place, kind: &ErrorKind) -> Problem {
    match text(kind).or_else(|| structure(kind)).or_else(|| brackets(kind)) {
        Some((message, help)) => Problem::error(place, message).help(help),
        None => Problem::error(place, format!("this is not YAML: {kind}"))
            .help("put text with special characters in quotes"),
    }
}

/// Why reading ended within brackets that were `opened`: mostly since they are not closed.
pub fn bracket(opened: Place, place: Place, kind: &ErrorKind) -> Problem {
    match text(kind).or_else(|| brackets(kind)) {
        Some(_) => broken(place, kind),
        None => Problem::error(opened, "a bracket is opened here and not closed")
            .help("close it, or put the text in quotes"),
    }
}

type Words = Option<(&'static str, &'static str)>;

/// What is wrong with a text in quotes or with the first character of one without.
fn text(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("a quote is opened and never closed", "close it before the line ends")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text goes on after a closing quote",
            "put the whole value into quotes of the other kind, ' or \"",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => (
            "a backslash in double quotes starts an escape that does not exist",
            "use single quotes, or write the backslash twice",
        ),
        E::UnexpectedCharacter { .. } | E::MissingAnchorOrAliasName | E::UndeclaredTagHandle => {
            ("a value starts with a character that means something else in YAML", "put the value in quotes")
        }
        _ => return None,
    })
}

/// What is wrong with how values stand to each other.
fn structure(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    Some(match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("a tab stands where YAML wants spaces", "indent with spaces"),
        E::MappingValueNotAllowed | E::MappingKeyNotAllowed | E::InvalidColonPlacement => (
            "a second `: ` in the line, or a key where none can stand",
            "put the value in quotes: title: \"One: two\"",
        ),
        E::SimpleKeyExpected
        | E::InvalidSimpleKey
        | E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidQuotedScalarIndent
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed
        | E::UnexpectedEndOfPlainScalar => (
            "this line does not fit what stands above it",
            "write `key: value`, indented by spaces like the keys beside it",
        ),
        E::RecursionLimitExceeded => ("lists and maps more than 64 deep", "write less deeply"),
        _ => return None,
    })
}

/// What is wrong with brackets.
fn brackets(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedFlowCollection { open: '[' }
        | E::UnexpectedEofFlowSequence
        | E::ExpectedFlowSequenceSeparator => {
            ("`[` is opened and never closed", "close it with `]`, or put the text in quotes")
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator => {
            ("`{` is opened and never closed", "close it with `}`, or put the text in quotes")
        }
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => {
            ("a closing bracket has no opening one", "remove it, or put the text in quotes")
        }
        _ => return None,
    })
}
