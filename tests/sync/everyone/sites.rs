//! What surrounds a text on a web page, by the program that made the page.

/// What a page was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Software {
    WordPress,
    Hugo,
    Jekyll,
    Sphinx,
    MkDocs,
    Docusaurus,
    ByHand,
    MediaWiki,
    MoinMoin,
    Trac,
    Ikiwiki,
    /// What GitHub shows around a wiki's page, a file or a README.
    GitHub,
}

/// What sites are made with of which nothing else is known.
const COMMON: [Software; 7] = [
    Software::WordPress,
    Software::Hugo,
    Software::Jekyll,
    Software::Sphinx,
    Software::MkDocs,
    Software::Docusaurus,
    Software::ByHand,
];

/// Hosts whose software their addresses do not tell.
const KNOWN: [(&str, Software); 30] = [
    ("ardupilot.org", Software::Sphinx),
    ("code.djangoproject.com", Software::Trac),
    ("community.kde.org", Software::MediaWiki),
    ("criu.org", Software::MediaWiki),
    ("ellak.gr", Software::MediaWiki),
    ("erofs.docs.kernel.org", Software::Sphinx),
    ("gcc.gnu.org", Software::MoinMoin),
    ("gmod.org", Software::MediaWiki),
    ("opentransitsoftwarefoundation.org", Software::WordPress),
    ("trac.ffmpeg.org", Software::Trac),
    ("wiki.debian.org", Software::MoinMoin),
    ("wiki.documentfoundation.org", Software::MediaWiki),
    ("wiki.freebsd.org", Software::MoinMoin),
    ("wiki.freecad.org", Software::MediaWiki),
    ("wiki.gnuradio.org", Software::MediaWiki),
    ("wiki.kolibrios.org", Software::MediaWiki),
    ("wiki.list.org", Software::MoinMoin),
    ("wiki.musicbrainz.org", Software::MediaWiki),
    ("wiki.netbsd.org", Software::Ikiwiki),
    ("wiki.octave.org", Software::MediaWiki),
    ("wiki.openfoodfacts.org", Software::MediaWiki),
    ("wiki.openstreetmap.org", Software::MediaWiki),
    ("wiki.osgeo.org", Software::MediaWiki),
    ("wiki.postgresql.org", Software::MediaWiki),
    ("wiki.qemu.org", Software::MediaWiki),
    ("wiki.sagemath.org", Software::MoinMoin),
    ("wiki.videolan.org", Software::MediaWiki),
    ("www.mediawiki.org", Software::MediaWiki),
    ("www.nsnam.org", Software::MediaWiki),
    ("zulip.readthedocs.io", Software::Sphinx),
];

/// What a host's pages are made with.
pub(super) fn software(host: &str, at: usize) -> Software {
    let known = KNOWN.iter().find(|(name, _)| *name == host.to_lowercase());
    known.map_or(COMMON[at % COMMON.len()], |(_, software)| *software)
}

impl Software {
    pub(super) fn name(self) -> &'static str {
        match self {
            Software::WordPress => "WordPress",
            Software::Hugo => "Hugo",
            Software::Jekyll => "Jekyll",
            Software::Sphinx => "Sphinx",
            Software::MkDocs => "MkDocs",
            Software::Docusaurus => "Docusaurus",
            Software::ByHand => "HTML by hand",
            Software::MediaWiki => "MediaWiki",
            Software::MoinMoin => "MoinMoin",
            Software::Trac => "Trac",
            Software::Ikiwiki => "ikiwiki",
            Software::GitHub => "GitHub",
        }
    }

    /// Whether a folder without the slash at its end is redirected to the one with it.
    pub(super) fn wants_slash(self) -> bool {
        matches!(self, Software::WordPress | Software::Hugo | Software::MkDocs)
    }

    /// A whole page around a text.
    pub(super) fn page(self, text: &str) -> String {
        let title = "Summer of Code ideas";
        let nav = "<ul><li><a href=\"/\">Home</a></li><li><a href=\"/download\">Download</a></li><li><a href=\"/blog\">News</a></li></ul>";
        let body = match self {
            Software::WordPress => format!(
                "<body class=\"page-template-default page wp-custom-logo\"><header id=\"masthead\" class=\"site-header\"><nav class=\"main-navigation\">{nav}</nav></header>\
                 <main id=\"main\" class=\"site-main\"><article class=\"page type-page hentry\"><header class=\"entry-header\"><h1 class=\"entry-title\">{title}</h1></header>\
                 <div class=\"entry-content\">{text}</div></article></main><aside class=\"widget-area\"><h2>Recent posts</h2><ul><li><a href=\"/1\">A new version</a></li></ul></aside>\
                 <footer class=\"site-footer\">Proudly powered by WordPress</footer></body>"
            ),
            Software::Hugo => format!(
                "<body class=\"td-page\"><header><nav class=\"navbar\">{nav}</nav></header><div class=\"row\"><aside class=\"td-sidebar\">{nav}</aside>\
                 <main role=\"main\"><div class=\"td-content\"><h1>{title}</h1>{text}</div></main></div><footer><p>© The authors</p></footer></body>"
            ),
            Software::Jekyll => format!(
                "<body><header class=\"site-header\"><nav class=\"site-nav\">{nav}</nav></header><main class=\"page-content\"><div class=\"wrapper\"><article class=\"post\">\
                 <h1 class=\"post-title\">{title}</h1><div class=\"post-content\">{text}</div></article></div></main><footer class=\"site-footer\">RSS</footer></body>"
            ),
            Software::Sphinx => format!(
                "<body class=\"wy-body-for-nav\"><nav class=\"wy-nav-side\"><div role=\"search\"><form><input name=\"q\" placeholder=\"Search docs\"></form></div>{nav}</nav>\
                 <div role=\"main\" class=\"document\"><div itemprop=\"articleBody\"><section id=\"ideas\"><h1>{title}<a class=\"headerlink\" href=\"#ideas\">¶</a></h1>{text}</section></div></div>\
                 <footer><p>Built with Sphinx</p></footer></body>"
            ),
            Software::MkDocs => format!(
                "<body dir=\"ltr\"><header class=\"md-header\"><nav>{nav}</nav></header><div class=\"md-main\"><div class=\"md-sidebar\"><nav class=\"md-nav\">{nav}</nav></div>\
                 <div class=\"md-content\"><article class=\"md-content__inner md-typeset\"><h1 id=\"ideas\">{title}</h1>{text}</article></div></div><footer class=\"md-footer\">Made with Material</footer></body>"
            ),
            Software::Docusaurus => format!(
                "<body><div id=\"__docusaurus\"><nav class=\"navbar\">{nav}</nav><main><article><div class=\"theme-doc-markdown markdown\"><header><h1>{title}</h1></header>{text}</div></article></main>\
                 <footer class=\"footer\">Built with Docusaurus</footer></div><script src=\"/main.js\"></script></body>"
            ),
            Software::ByHand => format!("<BODY BGCOLOR=white><H1>{title}</H1>{text}<HR><ADDRESS>The webmasters</ADDRESS></BODY>"),
            Software::MediaWiki => format!(
                "<body class=\"mediawiki ltr\"><div id=\"mw-head\"><nav>{nav}</nav></div><div id=\"content\" class=\"mw-body\"><h1 id=\"firstHeading\">{title}</h1>\
                 <div id=\"mw-content-text\"><div class=\"mw-parser-output\">{text}</div></div></div><footer id=\"footer\">This page was last edited on 1 February 2026.</footer></body>"
            ),
            Software::MoinMoin => format!(
                "<body lang=\"en\"><div id=\"header\"><ul id=\"navibar\"><li><a href=\"/FrontPage\">FrontPage</a></li></ul></div><div id=\"page\"><div dir=\"ltr\" id=\"content\" lang=\"en\">\
                 <h1 id=\"ideas\">{title}</h1>{text}</div></div><div id=\"footer\">MoinMoin Powered</div></body>"
            ),
            Software::Trac => format!(
                "<body><div id=\"mainnav\" class=\"nav\">{nav}</div><div id=\"main\"><div id=\"content\" class=\"wiki\"><div class=\"wikipage searchable\"><div id=\"wikipage\" class=\"trac-content\">\
                 <h1 id=\"Ideas\">{title}</h1>{text}</div></div></div></div><div id=\"footer\">Powered by Trac</div></body>"
            ),
            Software::Ikiwiki => format!(
                "<body><div class=\"page\"><div class=\"pageheader\"><div class=\"actions\">{nav}</div></div><div id=\"pagebody\"><div id=\"content\" role=\"main\">{text}</div></div>\
                 <div id=\"footer\">Last edited in February</div></div></body>"
            ),
            Software::GitHub => format!(
                "<body class=\"logged-out\"><header><nav>{nav}</nav></header><main><div class=\"gh-header\"><h1>{title}</h1></div>\
                 <div class=\"markdown-body\">{text}</div></main><footer><ul><li><a href=\"https://github.com/about\">About</a></li></ul></footer></body>"
            ),
        };
        format!("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>{body}</html>\n")
    }
}
