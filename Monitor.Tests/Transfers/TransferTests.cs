using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;
using Monitor.Tests.Operations;
using Monitor.Tests.Settings;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Transfers;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Transfers;

public sealed class TransferTests
{
    private const string Password = "bốn con thuyền giấy qua sông";
    private const string Mark = "dau-hieu-kin-7391";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TransferState, TransferTrigger> Pairs()
    {
        var data = new TheoryData<TransferState, TransferTrigger>();
        foreach (var state in Enum.GetValues<TransferState>())
        {
            foreach (var trigger in Enum.GetValues<TransferTrigger>())
                data.Add(state, trigger);
        }

        return data;
    }

    /// <summary>Every pair has an answer; what is over moves no more, and a clock that stops does so where nothing is due.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_table_answers_every_pair(TransferState state, TransferTrigger trigger)
    {
        var answer = TransferTable.Instance.Apply(state, trigger);
        if (state is TransferState.Returned or TransferState.Recalled or TransferState.Closed)
            Assert.IsNotType<Transition<TransferState, TransferEffect>.Moved>(answer);
        if (answer is Transition<TransferState, TransferEffect>.Moved moved)
            Assert.Equal(moved.Next is TransferState.Returned or TransferState.Recalled or TransferState.Answered, moved.Effects.Contains(TransferEffect.StopClocks));
    }

    [Fact]
    public async Task From_the_sending_to_the_feedback_each_side_does_its_own_part()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var ops = desk.House.Transfers;
        var (sender, receiver) = (desk.As("an.nguyen"), desk.As("dung.pham"));
        var sent = DeskHouse.Done(await ops.SendAsync(sender, Order(), Token));
        Assert.Equal(("X000001", TransferState.Sent, "ict", "police"), (sent.Id, sent.State, sent.FromAgency, sent.ToAgency));
        Assert.Equal(TimeSpan.FromHours(24), sent.ReceiptDueAt - sent.Sent.At);

        // The words open with the receipt; a third agency sees nothing, the inspectorate the facts.
        Assert.Null(DeskHouse.Done(await ops.OpenAsync(receiver, sent.Id, Token)).Text);
        Assert.Equal("not-found", DeskHouse.Refused(await ops.OpenAsync(desk.As("giang.vo"), sent.Id, Token)));
        var facts = DeskHouse.Done(await ops.OpenAsync(desk.As("hanh.dang"), sent.Id, Token));
        Assert.Equal((TransferView.Facts, null), (facts.View, facts.Text));
        Assert.Equal("transfer-state", DeskHouse.Refused(await ops.AcceptAsync(receiver, sent.Id, "nhận", null, Token)));
        Assert.Equal("transfer-side", DeskHouse.Refused(await ops.ReceiveAsync(sender, sent.Id, Token)));
        DeskHouse.Done(await ops.ReceiveAsync(receiver, sent.Id, Token));
        DeskHouse.Done(await ops.ReceiveAsync(receiver, sent.Id, Token));
        Assert.Equal(Order().Text.Summary, DeskHouse.Done(await ops.OpenAsync(receiver, sent.Id, Token)).Text!.Summary);

        Assert.Equal("transfer-assigned", DeskHouse.Refused(await ops.AcceptAsync(receiver, sent.Id, "nhận", "an.nguyen", Token)));
        Assert.Equal("dung.pham", DeskHouse.Done(await ops.AcceptAsync(receiver, sent.Id, "nhận", null, Token)).Assigned);
        Assert.Equal("transfer-state", DeskHouse.Refused(await ops.RecallAsync(sender, sent.Id, "thôi", Token)));
        Assert.Equal("transfer-field", DeskHouse.Refused(await ops.AnswerAsync(receiver, sent.Id, " ", "xong", Token)));
        DeskHouse.Done(await ops.AnswerAsync(receiver, sent.Id, "đã xác minh chủ tài khoản", "xong", Token));
        Assert.Equal("đã xác minh chủ tài khoản", DeskHouse.Done(await ops.OpenAsync(sender, sent.Id, Token)).Result);
        var again = DeskHouse.Done(await ops.AskAgainAsync(sender, sent.Id, "thiếu địa chỉ", Token));
        Assert.Equal(TransferState.Accepted, again.State);
        DeskHouse.Done(await ops.AnswerAsync(receiver, sent.Id, "đã bổ sung địa chỉ", "xong", Token));
        Assert.Equal(TransferState.Closed, DeskHouse.Done(await ops.TakeNoteAsync(sender, sent.Id, "đã dùng để gửi yêu cầu", Token)).State);
        Assert.Equal(
            ["transfer-sent", "transfer-received", "transfer-opened", "transfer-accepted", "transfer-answered", "transfer-opened", "transfer-asked-again", "transfer-answered", "transfer-closed"],
            (await desk.Store.CustodyOfAsync(sent.Id, Token)).Select(entry => entry.Act.Act));
    }

    [Fact]
    public async Task Boxes_show_each_agency_its_own()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var ops = desk.House.Transfers;
        DeskHouse.Done(await ops.SendAsync(desk.As("an.nguyen"), Order(), Token));
        DeskHouse.Done(await ops.SendAsync(desk.As("giang.vo"), Order() with { ToAgency = "ict" }, Token));
        async Task<string> Ids(string person, TransferBox box) => string.Join(' ', (await ops.ListAsync(desk.As(person), box, new Paging(), Token)).Select(row => row.Id));
        Assert.Equal(("X000001 X000002", "X000002", "X000001"), (await Ids("an.nguyen", TransferBox.All), await Ids("an.nguyen", TransferBox.In), await Ids("an.nguyen", TransferBox.Out)));
        Assert.Equal(("X000001", ""), (await Ids("dung.pham", TransferBox.In), await Ids("dung.pham", TransferBox.Out)));
        Assert.Equal("X000001 X000002", await Ids("hanh.dang", TransferBox.All));
    }

    [Fact]
    public async Task What_is_late_is_told_to_the_receiver_then_the_sender_then_our_own_people_and_no_longer_once_somebody_acts()
    {
        await using var desk = await DeskHouse.OpenAsync(configure: config => config.Replace("monitor.yaml", "  from: so@mau.example", "  from: so@mau.example\n  alerts-to: truc@mau.example"));
        var sent = DeskHouse.Done(await desk.House.Transfers.SendAsync(desk.As("an.nguyen"), Order(), Token));
        await desk.House.Sweeps.DispatchAsync(Token);
        Assert.Equal("cong-an@so-mau.example", Assert.Single(desk.Mail.Mails).To);
        // Mails carry ids only.
        Assert.All(desk.Mail.Mails, mail => Assert.DoesNotContain(Mark, mail.Subject + mail.Text, StringComparison.Ordinal));
        desk.Later(24.1);
        Assert.Equal(1, await desk.House.Transfers.WorkAsync(10, Token));
        Assert.Equal(0, await desk.House.Transfers.WorkAsync(10, Token));
        desk.Later(24);
        Assert.Equal(1, await desk.House.Transfers.WorkAsync(10, Token));
        var late = (await desk.Store.FindTransferAsync(sent.Id, Token))!;
        Assert.Equal((2, 3), (late.Steps, late.Alerts.Count));
        Assert.Equal("khcn@so-mau.example", (await desk.Store.FindMessageAsync(late.Alerts[^1], Token))!.To);

        var received = DeskHouse.Done(await desk.House.Transfers.ReceiveAsync(desk.As("dung.pham"), sent.Id, Token));
        Assert.Equal((0, received.ResultDueAt), (received.Steps, received.NextStepAt));
        Assert.Empty(await desk.Store.OpenAlertsAsync(AgencyScope.All, new Paging(), Token));
        desk.Later(24 * 10);
        Assert.Equal(1, await desk.House.Transfers.WorkAsync(10, Token));
        DeskHouse.Done(await desk.House.Transfers.ReturnAsync(desk.As("dung.pham"), sent.Id, "không thuộc thẩm quyền", Token));
        desk.Later(24 * 30);
        Assert.Equal(0, await desk.House.Transfers.WorkAsync(10, Token));
    }

    [Fact]
    public async Task A_child_in_danger_reaches_the_duty_desk()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var sent = DeskHouse.Done(await desk.House.Transfers.SendAsync(desk.As("an.nguyen"), Order() with { Urgency = TransferUrgency.Danger, Child = new ChildRisk(true, false, "00123") }, Token));
        Assert.Equal(TimeSpan.FromMinutes(15), sent.ReceiptDueAt - sent.Sent.At);
        Assert.Equal("truc-ban@so-mau.example", (await desk.Store.FindMessageAsync(Assert.Single(sent.Alerts), Token))!.To);
    }

    [Fact]
    public async Task Orders_that_cannot_be_are_refused_with_what_is_wrong()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var ops = desk.House.Transfers;
        var an = desk.As("an.nguyen");
        async Task<string> Why(TransferOrder order) => DeskHouse.Refused(await ops.SendAsync(an, order, Token));
        Assert.Equal("transfer-to", await Why(Order() with { ToAgency = "ict" }));
        Assert.Equal("transfer-to", await Why(Order() with { ToAgency = "khong-co" }));
        Assert.Equal("transfer-field", await Why(Order() with { Clause = "" }));
        Assert.Equal("transfer-field", await Why(Order() with { Text = Order().Text with { Summary = new string('a', 20_001) } }));
        Assert.Equal("transfer-category", await Why(Order() with { Category = null }));
        Assert.Equal("transfer-country", await Why(Order() with { HostCountry = "Việt Nam" }));
        Assert.Equal("transfer-commune", await Why(Order() with { Child = new ChildRisk(false, false, "xã Mẫu") }));
        Assert.Equal("not-found", await Why(Order() with { TargetIds = ["T000099"] }));
        Assert.Equal("reason-needed", await Why(Order() with { Reason = "" }));
        Assert.Equal("role-needed", DeskHouse.Refused(await ops.SendAsync(desk.As("hanh.dang"), Order(), Token)));
        Assert.Empty(await ops.ListAsync(an, TransferBox.All, new Paging(), Token));
    }

    [Fact]
    public async Task Who_the_child_is_only_child_protection_and_the_investigator_read_each_with_their_own_password()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var (ops, identities) = (desk.House.Transfers, desk.House.Identities);
        var order = Order() with { Identity = new ChildIdentity { Name = "Tên " + Mark, School = "Trường " + Mark } };
        Assert.Equal("identity-nobody", DeskHouse.Refused(await ops.SendAsync(desk.As("an.nguyen"), order, Token)));
        foreach (var person in new[] { "giang.vo", "dung.pham", "an.nguyen", "quan.tri" })
            await AccountAsync(desk, person);
        Assert.Equal("identity-reader", DeskHouse.Refused(await ops.SendAsync(desk.As("an.nguyen"), order with { Investigator = "binh.tran" }, Token)));
        var sent = DeskHouse.Done(await ops.SendAsync(desk.As("an.nguyen"), order, Token));

        Assert.Equal("Tên " + Mark, DeskHouse.Done(await identities.OpenAsync(desk.As("giang.vo"), sent.Id, Password, "lập kế hoạch hỗ trợ", Token)).Name);
        Assert.Equal("password-wrong", DeskHouse.Refused(await identities.OpenAsync(desk.As("giang.vo"), sent.Id, "sai", "xem", Token)));
        Assert.Equal("reason-needed", DeskHouse.Refused(await identities.OpenAsync(desk.As("giang.vo"), sent.Id, Password, "", Token)));
        foreach (var other in new[] { "an.nguyen", "dung.pham", "quan.tri", "hanh.dang" })
            Assert.Equal("not-found", DeskHouse.Refused(await identities.OpenAsync(desk.As(other), sent.Id, Password, "xem", Token)));

        // The investigator reads it once they work on it and somebody who can read it lets them.
        DeskHouse.Done(await ops.ReceiveAsync(desk.As("dung.pham"), sent.Id, Token));
        Assert.Equal("identity-reader", DeskHouse.Refused(await identities.ShareAsync(desk.As("giang.vo"), sent.Id, "dung.pham", Password, "điều tra", Token)));
        DeskHouse.Done(await ops.AcceptAsync(desk.As("dung.pham"), sent.Id, "nhận", null, Token));
        Assert.Equal("password-wrong", DeskHouse.Refused(await identities.ShareAsync(desk.As("giang.vo"), sent.Id, "dung.pham", "sai", "điều tra", Token)));
        DeskHouse.Done(await identities.ShareAsync(desk.As("giang.vo"), sent.Id, "dung.pham", Password, "điều tra", Token));
        Assert.Equal("Trường " + Mark, DeskHouse.Done(await identities.OpenAsync(desk.As("dung.pham"), sent.Id, Password, "điều tra", Token)).School);

        // A new password of one's own keeps the key; a new link does not.
        const string Better = "năm con thuyền giấy qua sông";
        DeskHouse.Done(await desk.House.Accounts.ChangePasswordAsync(desk.As("giang.vo"), Password, Better, Token));
        DeskHouse.Done(await identities.OpenAsync(desk.As("giang.vo"), sent.Id, Better, "kiểm tra", Token));
        await AccountAsync(desk, "giang.vo");
        Assert.Equal("not-found", DeskHouse.Refused(await identities.OpenAsync(desk.As("giang.vo"), sent.Id, Password, "xem", Token)));
        Assert.Equal(["identity-opened", "identity-refused", "identity-shared", "identity-opened", "identity-opened"], (await desk.Store.CustodyOfAsync(sent.Id, Token)).Select(entry => entry.Act.Act).Where(act => act.StartsWith("identity", StringComparison.Ordinal)));

        // Nowhere on disk does it stand in the open, and the vault's own key does not open it.
        var opened = Assert.IsType<OpenResult.Opened>(await desk.House.Vault.OpenAsync(sent.Identity!.Item, Token));
        Assert.DoesNotContain(Mark, System.Text.Encoding.UTF8.GetString(opened.Content), StringComparison.Ordinal);
        await desk.Store.MaintainAsync(Token);
        foreach (var file in Directory.EnumerateFiles(desk.House.Options.DataDirectory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "owner.lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, Token);
            Assert.True(content.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Mark)) < 0, file);
        }
    }

    [Fact]
    public async Task Between_two_installations_signed_files_carry_demand_and_result_once()
    {
        await using var here = await DeskHouse.OpenAsync(configure: config => config.Replace("monitor.yaml", "contact: a@mau.example", "contact: a@mau.example\ncustody:\n  origin: day.example/monitor"));
        var hereKey = Key(here);
        await using var there = await DeskHouse.OpenAsync(configure: config => config.Replace("monitor.yaml", "contact: a@mau.example", $"contact: b@mau.example\ncustody:\n  origin: kia.example/monitor\ntransfer-peers:\n  - agency: ict\n    key: {hereKey}"));
        var thereKey = Key(there);
        var sent = DeskHouse.Done(await here.House.Transfers.SendAsync(here.As("an.nguyen"), Order(), Token));
        var file = DeskHouse.Done(await here.House.TransferFiles.ExportAsync(here.As("an.nguyen"), sent.Id, Token));
        Assert.Equal("X000001.transfer.json", file.Name);

        var dung = there.As("dung.pham");
        async Task<string> Why(byte[] content, string signature, Actor? by = null) => DeskHouse.Refused(await there.House.TransferFiles.ImportAsync(by ?? dung, content, signature, Token));
        Assert.Equal("transfer-signature", await Why([.. file.Content, (byte)'\n'], file.Signature));
        Assert.Equal("transfer-signature", await Why(file.Content, "không phải chữ ký"));
        Assert.Equal("transfer-to", await Why(file.Content, file.Signature, there.As("giang.vo")));
        var taken = DeskHouse.Done(await there.House.TransferFiles.ImportAsync(dung, file.Content, file.Signature, Token));
        Assert.Equal((true, "ict", "police", TransferState.Sent), (taken.New, taken.Transfer.FromAgency, taken.Transfer.ToAgency, taken.Transfer.State));
        Assert.False(DeskHouse.Done(await there.House.TransferFiles.ImportAsync(dung, file.Content, file.Signature, Token)).New);
        Assert.Single(await there.House.Transfers.ListAsync(dung, TransferBox.In, new Paging(), Token));

        // The same number with other words: somebody replays it, or made a mistake.
        here.Later(1);
        DeskHouse.Done(await here.House.Transfers.RecallAsync(here.As("an.nguyen"), sent.Id, "gửi nhầm", Token));
        var other = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(file.Content).Replace(Order().Clause, "Điều 9", StringComparison.Ordinal));
        Assert.Equal("transfer-replayed", await Why(other, SignedBy(here, other)));
        Assert.Equal("transfer-file", await Why("{}"u8.ToArray(), SignedBy(here, "{}"u8.ToArray())));

        await there.House.Transfers.ReceiveAsync(dung, taken.Transfer.Id, Token);
        Assert.Contains(Mark, DeskHouse.Done(await there.House.Transfers.OpenAsync(dung, taken.Transfer.Id, Token)).Text!.Summary, StringComparison.Ordinal);
        await there.House.Transfers.AcceptAsync(dung, taken.Transfer.Id, "nhận", null, Token);
        await there.House.Transfers.AnswerAsync(dung, taken.Transfer.Id, "kết quả xác minh", "xong", Token);
        var result = DeskHouse.Done(await there.House.TransferFiles.ExportAsync(dung, taken.Transfer.Id, Token));

        // It was recalled here: the result comes too late, and says so; an unknown installation is not heard at all.
        Assert.Equal("transfer-signature", DeskHouse.Refused(await here.House.TransferFiles.ImportAsync(here.As("an.nguyen"), result.Content, result.Signature, Token)));
        await File.AppendAllTextAsync(Path.Combine(here.Config.Path, "monitor.yaml"), $"\ntransfer-peers:\n  - agency: police\n    key: {thereKey}\n", Token);
        for (var wait = 0; here.House.Desk.Configuration.Installation.TransferPeers.Count == 0 && wait < 200; wait++)
            await Task.Delay(50, Token);
        Assert.Equal("transfer-state", DeskHouse.Refused(await here.House.TransferFiles.ImportAsync(here.As("an.nguyen"), result.Content, result.Signature, Token)));
    }

    internal static TransferOrder Order() => new()
    {
        ToAgency = "police",
        Clause = "Điều 5 khoản 2",
        Purpose = TransferPurpose.Investigate,
        Source = TransferSource.Hotline,
        Category = Monitor.Rules.Assessing.Category.SexualExploitation,
        Text = new TransferText { Summary = "tóm tắt " + Mark, RequestedOutput = "xác minh chủ tài khoản", Urls = ["http://trang-mau.example/bai/1"], Accounts = ["hoa.mai"] },
        Reason = "theo quy chế phối hợp",
    };

    private static string Key(DeskHouse desk) => new Monitor.Worker.Evidence.LogSigning.LogKeyFile(desk.House.Options.DataDirectory).Key(desk.House.Checkpoints.Origin)!.ToString();

    private static string SignedBy(DeskHouse desk, byte[] content)
    {
        var body = $"{TransferFiles.Form}\n{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}\n";
        var signature = new Monitor.Worker.Evidence.LogSigning.LogKeyFile(desk.House.Options.DataDirectory).Sign(desk.House.Checkpoints.Origin, body)!;
        return new Monitor.Rules.Custody.SignedNote(body, [signature]).ToString();
    }

    private static async Task AccountAsync(DeskHouse desk, string person)
    {
        var invitation = DeskHouse.Done(await desk.House.Accounts.InviteAsync(desk.As("quan.tri"), person, Token));
        DeskHouse.Done(await desk.House.Accounts.AcceptAsync(invitation.Token, Password, Token));
    }
}
