using Monitor.Rules.Replies;

namespace Monitor.Tests.Replies;

public sealed class ReplyReaderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Invented_answers_are_read_as_people_read_them(int half)
    {
        var wrong = new List<string>();
        var samples = SampleAnswers.All.Where((_, i) => i % 2 == half).ToList();
        foreach (var sample in samples)
        {
            var reading = ReplyReader.Read(new MailFacts { Text = sample.Text }, "", null, []);
            if (reading.Proposed != sample.Expected)
            {
                wrong.Add($"{sample.Expected} read as {reading.Proposed} ({string.Join(' ', reading.Signals)}): {sample.Text}");
            }
        }

        output.WriteLine($"{samples.Count - wrong.Count} of {samples.Count} right\n{string.Join('\n', wrong)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Pages_are_meant_by_their_whole_addresses_however_they_are_written()
    {
        string[] urls = ["https://lantern.example/p/7", "https://lantern.example/p/71", "https://lantern.example/p/8?v=2"];
        static MailFacts Mail(string text) => new() { Text = text };
        Assert.Equal([urls[0]], ReplyReader.Read(Mail("hxxps://lantern[.]example/p/7 has been removed."), "", null, urls).Named);
        Assert.Equal([urls[1], urls[2]], ReplyReader.Read(Mail("Removed: lantern.example/p/71, https://www.lantern.example/p/8?v=2."), "", null, urls).Named);
        var all = ReplyReader.Read(Mail("We have removed everything."), "", null, urls);
        Assert.Empty(all.Named);
        Assert.DoesNotContain(ReplySignal.NamesPages, all.Signals);
    }

    [Theory]
    [InlineData("Re: [#482913] Your report", "", "482913")]
    [InlineData("Your request (Case ID: AB-77120)", "", "AB-77120")]
    [InlineData("Phản hồi", "Mã yêu cầu: 2026-00417. Trân trọng.", "2026-00417")]
    [InlineData("Re: SKHCN-2026-00001", "Your reference SKHCN-2026-00001 was received.", null)]
    [InlineData("", "Ticket 123456 and #654321 were merged.", null)]
    [InlineData("", "We act within 24 hours.", null)]
    public void The_addressees_ticket_is_found_and_ours_is_not_taken_for_it(string subject, string text, string? ticket) =>
        Assert.Equal(ticket, ReplyReader.Read(new MailFacts { Subject = subject, Text = text }, "", "SKHCN-2026-00001", []).Ticket);

    [Fact]
    public void A_machine_that_says_no_more_than_received_is_no_answer_and_one_that_says_more_is()
    {
        var receipt = ReplyReader.Read(new MailFacts { MarkedAutomatic = true, Text = "We have received your report." }, "", null, []);
        Assert.Equal((InboundKind.AutoReply, ReplyCode.Acknowledged), (receipt.Kind, receipt.Proposed));
        var away = ReplyReader.Read(new MailFacts { Subject = "Trả lời tự động: SKHCN-2026-00001", Text = "Tôi đang nghỉ phép đến hết tuần." }, "", null, []);
        Assert.Equal(InboundKind.AutoReply, away.Kind);
        var ticketSystem = ReplyReader.Read(new MailFacts { MarkedAutomatic = true, Text = "Your ticket was solved: the content has been removed." }, "", null, []);
        Assert.Equal((InboundKind.Answer, ReplyCode.Removed), (ticketSystem.Kind, ticketSystem.Proposed));
        var bounce = ReplyReader.Read(new MailFacts { FromMailSystem = true, Subject = "Undelivered Mail Returned to Sender", Text = "I'm sorry to have to inform you that your message could not be delivered." }, "", null, []);
        Assert.Equal(InboundKind.Bounce, bounce.Kind);
    }

    [Theory]
    [InlineData(ReportedAction.Failed, InboundKind.Bounce)]
    [InlineData(ReportedAction.Delayed, InboundKind.Delayed)]
    [InlineData(ReportedAction.Delivered, InboundKind.Delivered)]
    [InlineData(ReportedAction.Relayed, InboundKind.Relayed)]
    [InlineData(ReportedAction.Expanded, InboundKind.Relayed)]
    public void A_delivery_report_is_what_its_action_says_and_only_delivered_is_delivered(ReportedAction action, InboundKind kind) =>
        Assert.Equal(kind, ReplyReader.Read(new MailFacts { Report = new DeliveryReport(null, [new RecipientReport("a@b.example", action, "2.0.0")]), Text = "removed" }, "", null, []).Kind);

    [Fact]
    public void Endless_and_strange_texts_are_read_in_bounded_time()
    {
        foreach (var text in new[] { new string('a', MailFacts.MaxText), string.Concat(Enumerable.Repeat("please ", 9000)), string.Concat(Enumerable.Repeat("không ", 10000)), string.Concat(Enumerable.Repeat("removed. ", 7000)), new string('\u0300', 60000), "\ud800\udfff\0\u202e", string.Concat(Enumerable.Repeat(", but ", 10000)) })
        {
            Assert.NotNull(ReplyReader.Read(new MailFacts { Subject = text, Text = text }, text, "X-2026-00001", ["https://a.example/"]));
        }
    }
}
