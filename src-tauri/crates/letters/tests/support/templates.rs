//! Twelve letters as offices write them: what the golden files are made from.

use super::{Case, item, template};
use domain::{Snippet, SnippetId, TemplateKind};
use letters::{AddressBlock, DisputedItem, Envelope, Layout, Variables};

fn block(lines: &[&str]) -> AddressBlock {
    AddressBlock { lines: lines.iter().map(|line| (*line).to_owned()).collect() }
}

fn items(count: usize) -> Vec<DisputedItem> {
    (0..count).map(item).collect()
}

fn snippet(name: &str, state: Option<&str>, html: &str) -> Snippet {
    Snippet { id: SnippetId(1), name: name.into(), html: html.into(), state: state.map(Into::into) }
}

/// Name and letter, in the order of the golden files.
pub(crate) fn all() -> Vec<(&'static str, Case)> {
    vec![
        ("bureau-dispute", bureau_dispute()),
        ("furnisher-623", furnisher()),
        ("validation-809", validation()),
        ("method-of-verification", method_of_verification()),
        ("goodwill", goodwill()),
        ("block-605b", identity_theft()),
        ("reinsertion", reinsertion()),
        ("freeze", freeze()),
        ("long-with-tables", long()),
        ("right-to-left", right_to_left()),
        ("east-asian", east_asian()),
        ("fax-cover", fax_cover()),
    ]
}

fn bureau_dispute() -> Case {
    Case {
        template: template(
            TemplateKind::Smart,
            &[
                ("opening", "<p>{Dear Sir or Madam|To whom it may concern},</p>"),
                (
                    "body",
                    "<p>I am writing to dispute the following information in my credit file. I have recently reviewed a \
                     copy of my credit report and found the items listed below to be <strong>inaccurate or \
                     incomplete</strong>. Under the Fair Credit Reporting Act, 15&nbsp;U.S.C. §&nbsp;1681i, you are \
                     required to conduct a reasonable reinvestigation of each disputed item within thirty days of \
                     receiving this letter.</p>[NegativeItems]<p>Please remove or correct each item that you cannot \
                     verify, and send me:</p><ul><li>the results of your investigation,</li><li>a copy of my corrected \
                     credit report, and</li><li>the name, address and telephone number of each furnisher you \
                     contacted.</li></ul>",
                ),
                (
                    "closing",
                    "<p>Enclosed are copies of my driver’s license and of a recent utility bill. Thank you for your \
                     prompt attention to this matter.</p><p>Sincerely,</p>",
                ),
            ],
        ),
        items: items(4),
        ..Case::new("Maria J. Lopez")
    }
}

fn furnisher() -> Case {
    let html = "<p>Re-reporting of disputed accounts</p>\
        <p>To the Dispute Department:</p>\
        <p style=\"text-align: justify\">I dispute the accuracy of the information that you furnish about me to the consumer \
        reporting agencies. This is a direct dispute under <em>Section 623(a)(8) of the Fair Credit Reporting Act</em> \
        (15&nbsp;U.S.C. §&nbsp;1681s-2(a)(8)) and 12&nbsp;C.F.R. §&nbsp;1022.43. For each account, I state what is wrong and \
        why:</p>[EachItem]<p style=\"margin-left: 24pt\"><strong>[ItemNumber]. [ItemCreditor]</strong>, account \
        [ItemAccount], [ItemAmount], reported [ItemDate: long]: [ItemReason]</p>[/EachItem]\
        <p style=\"text-align: justify\">Please investigate, correct what you report, and tell me the results within thirty \
        days. If you find that the information cannot be verified, please ask every agency to which you reported it to \
        delete it.</p><p>Very truly yours,</p>";
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        recipient: block(&["Midland Credit Management", "350 Camino de la Reina, Suite 100", "San Diego, CA 92108"]),
        subject: "Direct dispute".into(),
        items: items(3),
        ..Case::new("James Smith")
    }
}

fn validation() -> Case {
    let html = "<p>Dear Collection Manager:</p><p>I received your notice about the account below on [Date: MMMM D]. I \
        <u>dispute this debt</u> and request its validation under 15&nbsp;U.S.C. §&nbsp;1692g (FDCPA §&nbsp;809). Please \
        send me:</p><ol><li>the name and address of the original creditor;</li><li>the amount owed, with an itemization \
        <ol type=\"a\"><li>of interest,</li><li>of fees, and</li><li>of payments;</li></ol></li><li>a copy of the signed \
        agreement;</li><li>proof that you are licensed to collect in [ClientState].</li></ol><blockquote>“The debt \
        collector shall cease collection of the debt … until the debt collector obtains verification of the \
        debt.”</blockquote><p>[StateLaw]</p><p>Until you have done so, cease collection and do not report the account.</p>";
    let mut case = Case::new("Emily Johnson");
    case.variables.insert("ClientState", "Georgia");
    case.variables.insert_date("Date", Some(jiff::civil::date(2026, 11, 23)));
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        snippets: vec![
            snippet("StateLaw", None, "I reserve my rights under the law of my state."),
            snippet(
                "StateLaw",
                Some("GA"),
                "I also rely on the Georgia Fair Business Practices Act, O.C.G.A. §&nbsp;10-1-390.",
            ),
        ],
        recipient: block(&["Portfolio Recovery Associates, LLC", "120 Corporate Blvd", "Norfolk, VA 23502"]),
        subject: "Request for validation of a debt".into(),
        items: items(1),
        ..case
    }
}

fn method_of_verification() -> Case {
    let html = "<div>To the Consumer Relations Department:</div><div><br></div><div>You told me that the items below were \
        “verified”. Section 611(a)(7) of the FCRA (15 U.S.C. § 1681i(a)(7)) entitles me to a <b>description of the \
        procedure</b> by which you determined that they are accurate, including the business name, address and telephone \
        number of any furnisher that you contacted.</div><div><br></div><div>Please tell me within <b>15 days</b>:</div>\
        <ul><li>whom you contacted, when, and how;</li><li>what documents they sent you<ul><li>about my identity,\
        </li><li>about the account;</li></ul></li><li>who at your company decided.</li></ul><div>[NegativeItems]</div>\
        <div>If you keep no such record, delete the items.</div>";
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        recipient: block(&["Experian", "P.O. Box 4500", "Allen, TX 75013"]),
        subject: "Method of verification".into(),
        items: items(2),
        ..Case::new("Latoya Washington")
    }
}

fn goodwill() -> Case {
    let html = "<p style=\"font-family: Arial; font-size: 11pt\">Dear Customer Care:</p><p style=\"font-family: Arial; \
        font-size: 11pt; line-height: 1.5\">I have been your customer since 2011, and I have always been proud of paying on \
        time. In <span style=\"color: #1a4d8f\">March 2024</span> I paid late because I was in the hospital. I have caught up \
        since and have not missed a payment.</p><p style=\"font-family: Arial; font-size: 11pt; line-height: 1.5\">I would \
        be grateful if you would remove the late payment from my credit history as a gesture of goodwill.</p>\
        <p style=\"font-family: Arial; font-size: 11pt\">With kind regards,</p>";
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        recipient: block(&["Capital One", "P.O. Box 30285", "Salt Lake City, UT 84130"]),
        subject: "Request for a goodwill adjustment".into(),
        items: Vec::new(),
        envelope: Envelope::None,
        ..Case::new("Nguyễn Thị Hồng")
    }
}

fn identity_theft() -> Case {
    let html = "<p>To the Fraud Department:</p><h2>Request to block information</h2><p>I am a victim of identity theft. \
        Section 605B of the FCRA (15&nbsp;U.S.C. §&nbsp;1681c-2) requires you to <b>block</b> the information below within \
        <b>four business days</b>.</p>[NegativeItems]<h2>What I enclose</h2><table><thead><tr><th style=\"width: 25%\">\
        Document</th><th>What it shows</th></tr></thead><tbody><tr><td>Identity theft report</td><td>My report to the \
        Federal Trade Commission and to the police of Decatur, GA</td></tr><tr><td>Driver’s license</td><td>Who I \
        am</td></tr><tr><td colspan=\"2\" style=\"background-color: #eeeeee; text-align: center\"><i>I did not make, and did \
        not profit from, any of these transactions.</i></td></tr></tbody></table><hr><p>I state this under penalty of \
        perjury.</p>";
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        recipient: block(&["TransUnion LLC", "P.O. Box 2000", "Chester, PA 19016"]),
        subject: "Identity theft: block under section 605B".into(),
        items: items(2),
        envelope: Envelope::double_window(),
        fold_marks: true,
        ..Case::new("Robert Williams")
    }
}

fn reinsertion() -> Case {
    let html = "On 03/02/2026 you deleted the item below from my file. It is back, and I was never told.\n\nSection \
        611(a)(5)(B) of the FCRA says that you must notify me in writing within five business days of a reinsertion, and \
        that the furnisher must certify that the item is complete and accurate. You did neither.\n\nDelete it again, at \
        once, and confirm it.\nI keep a record of this letter.";
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        subject: "Reinsertion without notice".into(),
        items: items(1),
        ..Case::new("Łukasz Nowak")
    }
}

fn freeze() -> Case {
    let html = "<p>Please place a security freeze on my file<sup>1</sup> under 15&nbsp;U.S.C. §&nbsp;1681c-1(i), free of charge, \
        and send me the confirmation and the PIN.</p><p>Full name: <b>[ClientName]</b><br>Date of birth: [DateOfBirth]<br>\
        Social Security number: ending in [SSNLast4]</p><p style=\"font-size: 9pt\"><sup>1</sup> By mail, within three \
        business days of receipt.</p>";
    let mut case = Case::new("Юлія Шевченко");
    case.variables.insert("DateOfBirth", "03/05/1980");
    case.variables.insert("SSNLast4", "6789");
    Case {
        template: template(TemplateKind::Static, &[("", html)]),
        subject: "Security freeze".into(),
        items: Vec::new(),
        ..case
    }
}

fn long() -> Case {
    let paragraph = "<p>The information that you report about these accounts is not accurate. I have compared it with my \
        own records, which go back seven years, and I have listed each difference below. I ask you to investigate each of \
        them on its own and not to answer with a form letter, because each has a different cause and a different remedy. \
        Where your records differ from mine, please send me a copy of the document on which you rely.</p>";
    let rows: String = (1..=14)
        .map(|n| {
            format!(
                "<tr><td>{n:02}/15/2024</td><td>Payment of $1{n}5.00 {}</td><td align=\"right\">${}.50</td></tr>",
                if n % 3 == 0 {
                    "received on time and posted to another account of the same bank, as the enclosed statement shows"
                } else {
                    "posted late"
                },
                n * 37
            )
        })
        .collect();
    let html = format!(
        "<p>Dear Sir or Madam,</p>{}<h3>Payments in dispute</h3><table><thead><tr><th>Date</th><th>What happened</th>\
         <th align=\"right\">Amount</th></tr></thead><tbody>{rows}</tbody></table>{}[NegativeItems]{}",
        paragraph.repeat(3),
        paragraph.repeat(2),
        paragraph.repeat(2)
    );
    Case { template: template(TemplateKind::Static, &[("", &html)]), items: items(15), ..Case::new("José Muñoz") }
}

fn right_to_left() -> Case {
    let html = "<p>Dear Sir or Madam,</p><p>My name is [ClientName]. I do not read English well; this is what I want to say \
        in my own words:</p><p>اسمي محمد الأحمد. هذا الحساب ليس لي ولم أفتحه قط. أطلب حذفه من ملفي الائتماني.</p><ul><li>الحساب \
        الأول</li><li>الحساب الثاني</li></ul><p>שמי יעל כהן ואני מבקשת למחוק את החשבון 1234 מן הדו״ח.</p><p>Please delete \
        the account.</p>";
    Case {
        template: template(TemplateKind::Static, &[("", html)]), items: items(1), ..Case::new("محمد الأحمد")
    }
}

fn east_asian() -> Case {
    let html = "<p>Dear Sir or Madam,</p><p>My name is [ClientName] (王小明, 김민준, さくら, สมชาย ใจดี, Nguyễn Thị Hồng, \
        Юлія, Ελένη).</p><p>我的信用报告中有错误的信息。我从未开立过这个账户，请在三十天内调查并删除该账户，并将调查结果以书面形式通知我。\
        如果无法核实，请立即删除。</p><p>ข้าพเจ้าไม่เคยเปิดบัญชีนี้ กรุณาตรวจสอบและลบบัญชีนี้ออกจากรายงานเครดิตของข้าพเจ้าภายในสามสิบวัน \
        และแจ้งผลการตรวจสอบเป็นลายลักษณ์อักษร</p><p>제 신용 보고서에 잘못된 정보가 있습니다. 이 계좌를 삭제해 주십시오.</p>";
    Case { template: template(TemplateKind::Static, &[("", html)]), items: items(1), ..Case::new("王小明") }
}

fn fax_cover() -> Case {
    let mut variables = Variables::new();
    for (name, value) in [
        ("FaxTo", "Equifax Information Services LLC"),
        ("FaxNumber", "404-555-0199"),
        ("FaxFrom", "Maria J. Lopez"),
        ("FaxPages", "5"),
        ("FaxSubject", "Dispute of information in my credit report"),
        ("FaxNote", "Please confirm receipt by mail."),
        ("CompanyName", "Clear Credit LLC"),
        ("CompanyPhone", "208-555-0100"),
    ] {
        variables.insert(name, value);
    }
    variables.insert_date("Date", Some(jiff::civil::date(2026, 11, 23)));
    Case {
        template: letters::fax_cover(),
        variables,
        layout: Layout::Page,
        items: Vec::new(),
        envelope: Envelope::None,
        ..Case::new("Maria J. Lopez")
    }
}
