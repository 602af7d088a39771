using System.Text;

namespace Monitor.Tests.Mailbox;

/// <summary>Made-up messages, octet by octet as a mailbox gives them.</summary>
internal static class Messages
{
    public static byte[] Raw(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <param name="headers">Further header lines.</param>
    public static byte[] Answer(string text, string headers = "", string from = "Trust Team <abuse@trang-mau.example>", string to = "thong-bao@so-mau.example", string subject = "Re: Yeu cau", string id = "a1@trang-mau.example") => Raw($"""
        From: {from}
        To: {to}
        Subject: {subject}
        Message-ID: <{id}>
        Date: Fri, 27 Nov 2026 08:00:00 +0700
        {headers}{(headers.Length > 0 ? "\n" : "")}MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {text}
        """);

    /// <summary>As a mail system writes a delivery report (RFC 3464) about a message whose header it returns.</summary>
    /// <param name="before">Groups about other recipients that stand before this one.</param>
    public static byte[] Report(string action, string status, string recipient, string? envelope, string messageId, string to = "thong-bao@so-mau.example", string before = "") => Raw($"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.trang-mau.example>
        To: {to}
        Subject: Delivery Status Notification
        Message-ID: <dsn-{action}-{messageId}>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"

        --=_r
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.trang-mau.example.

        --=_r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.trang-mau.example
        {(envelope is null ? "X-None: 1" : "Original-Envelope-Id: " + envelope)}
        Arrival-Date: Fri, 27 Nov 2026 08:00:00 +0700

        {before}{(before.Length > 0 ? "\n\n" : "")}Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 no such user

        --=_r
        Content-Type: text/rfc822-headers

        From: so@mau.example
        Message-ID: <{messageId}>
        Subject: x

        --=_r--
        """);
}
