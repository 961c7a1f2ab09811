//! `junit`: XML for CI systems that show tests. A page is a suite; what makes the call fail is a test that failed, what does
//! not is one that passed and had something to say.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Xml, TestCase, TestCaseStatus, TestSuite};

use super::{Item, Report};
use crate::lint::Level;
use crate::render::safe;

/// Writes a suite for each page.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new("ideas validate");
    let mut items = report.items().peekable();
    for (at, page) in report.pages.iter().enumerate() {
        let path = safe::line(&report.path(page)).into_owned();
        let mut suite = TestSuite::new(path.as_str());
        while let Some(item) = items.next_if(|item| item.finding.page == at) {
            suite.add_test_case(case(&item, &path, report));
        }
        for more in report.more.iter().filter(|more| more.page == at) {
            let (name, message) = (format!("more of {}", more.code), more.message());
            let told = format!("{path}: {message}");
            suite.add_test_case(test(name, &path, (more.code, more.level), &message, told, report));
        }
        if suite.test_cases.is_empty() {
            let mut clean = if report.checked[at] {
                TestCase::new("no findings", TestCaseStatus::success())
            } else {
                TestCase::new("not checked", TestCaseStatus::skipped())
            };
            clean.set_classname(path.as_str());
            suite.add_test_case(clean);
        }
        xml.add_test_suite(suite);
    }
    xml.serialize(out).map_err(io::Error::other)
}

fn case(item: &Item<'_>, path: &str, report: &Report<'_>) -> TestCase {
    let Item { finding, start, .. } = *item;
    let message = safe::line(&finding.message);
    let help = finding.help.as_deref().map(|help| format!("\nhelp: {}", safe::line(help))).unwrap_or_default();
    let told = format!("{path}:{}:{}: {}[{}]: {message}{help}", start.line, start.column, finding.level.as_str(), finding.code);
    let name = format!("{} at {}:{}", finding.code, start.line, start.column);
    test(name, path, (finding.code, finding.level), &message, told, report)
}

/// A test of a page that failed, or passed and has something to say.
fn test(name: String, path: &str, (code, level): (&str, Level), message: &str, told: String, report: &Report<'_>) -> TestCase {
    let mut status = TestCaseStatus::success();
    if level >= report.deny {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message).set_type(code).set_description(told.as_str());
    }
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    if level < report.deny {
        case.set_system_out(told);
    }
    case
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_page_is_a_suite() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ideas validate" tests="2" skipped="0" failures="1" errors="0">
    <testsuite name="a&amp;b.md" tests="2" skipped="0" errors="0" failures="1">
        <testcase name="mojibake at 1:1" classname="a&amp;b.md">
            <system-out>a&amp;b.md:1:1: warning[mojibake]: `&lt;x&gt;` is odd
help: write `&lt;x&gt;`</system-out>
        </testcase>
        <testcase name="missing-field at 2:1" classname="a&amp;b.md">
            <failure message="`]]&gt; &quot;[m` is odd" type="missing-field">a&amp;b.md:2:1: error[missing-field]: `]]&gt; &quot;[m` is odd</failure>
        </testcase>
    </testsuite>
</testsuites>
"#;
        assert_eq!(sample::written("a&b.md", "<x>\n]]> \"\u{1b}[m\u{ffff}\n", write).replace('\u{ffff}', ""), expected);
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let written = sample::written_with_more(write);
        assert!(written.contains(r#"tests="2" skipped="0" errors="0" failures="1""#), "{written}");
        assert!(written.contains(r#"<failure message="20 errors of `missing-field` not listed"#), "{written}");
    }

    #[test]
    fn a_clean_page_has_passed() {
        let written = sample::written("a.md", "", write);
        assert!(written.contains(r#"tests="1" skipped="0" failures="0""#) && written.contains("no findings"), "{written}");
    }
}
