using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>Objections, hand-over by people, relay and acts on many requests at once.</summary>
public sealed class RequestActsTests
{
    [Fact]
    public async Task An_objection_is_taken_in_and_judged_by_another_than_the_verifier()
    {
        await using var house = await DeskHouse.OpenAsync();
        var request = await house.DemandAsync();
        Assert.Equal("reason-needed", Refused(await house.House.Objections.TakeInAsync(house.As("an.nguyen"), request.Id, ObjectionBy.Uploader, " ", [], Token)));
        Assert.Equal("not-found", Refused(await house.House.Objections.TakeInAsync(house.As("an.nguyen"), "R999999-1", ObjectionBy.Uploader, "ảnh gia đình", [], Token)));
        request = Done(await house.House.Objections.TakeInAsync(house.As("an.nguyen"), request.Id, ObjectionBy.Uploader, "ảnh gia đình", "thư"u8.ToArray(), Token));
        Assert.Equal((1, ObjectionBy.Uploader, "ảnh gia đình"), (request.Objections[0].Number, request.Objections[0].By, request.Objections[0].Received.Reason));
        Assert.NotNull(request.Objections[0].ContentId);
        Assert.Equal("objection-waiting", (await house.TargetAsync()).Attention);

        Assert.Equal("same-person", Refused(await house.House.Objections.DecideAsync(house.As("binh.tran"), request.Id, 1, false, "không có căn cứ", Token)));
        Assert.Equal("other-agency", Refused(await house.House.Objections.DecideAsync(house.As("dung.pham"), request.Id, 1, false, "không có căn cứ", Token)));
        Assert.Equal("not-found", Refused(await house.House.Objections.DecideAsync(house.As("chi.le"), request.Id, 2, false, "không có căn cứ", Token)));
        request = Done(await house.House.Objections.DecideAsync(house.As("chi.le"), request.Id, 1, false, "không có căn cứ", Token));
        Assert.Equal((DemandState.Open, false), (request.Demand, request.Objections[0].Upheld));
        Assert.Null((await house.TargetAsync()).Attention);
        Assert.Equal("objection-decided", Refused(await house.House.Objections.DecideAsync(house.As("chi.le"), request.Id, 1, true, "đổi ý", Token)));
    }

    [Fact]
    public async Task An_upheld_objection_takes_the_demand_back_from_every_addressee_and_the_strike_with_it()
    {
        await using var house = await DeskHouse.OpenAsync();
        var request = await house.DemandAsync();
        Assert.Equal(1, Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), request.TargetId, Token)).Strikes!.Ever);
        Done(await house.House.Objections.TakeInAsync(house.As("an.nguyen"), request.Id, ObjectionBy.Platform, "không phải nội dung này", [], Token));
        request = Done(await house.House.Objections.DecideAsync(house.As("chi.le"), request.Id, 1, true, "nhầm trang", Token));
        Assert.Equal((DemandState.Withdrawn, true), (request.Demand, request.Objections[0].Upheld));
        var retraction = (await house.NoticesAsync(request.Id)).Single(notice => notice.Kind == NoticeKind.Retraction);
        Assert.Equal("phap-ly@trang-mau.example", retraction.To);
        Assert.Equal(0, Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), request.TargetId, Token)).Strikes?.Ever ?? 0);
    }

    [Fact]
    public async Task Before_anything_left_there_is_nothing_to_object_to()
    {
        await using var house = await DeskHouse.OpenAsync();
        var draft = await house.DraftAsync(Url);
        Assert.Equal("nothing-sent", Refused(await house.House.Objections.TakeInAsync(house.As("an.nguyen"), draft.RequestId, ObjectionBy.Platform, "chưa nhận gì", [], Token)));
    }

    [Fact]
    public async Task A_notice_carried_by_a_person_is_delivered_by_its_confirmation_and_sent_by_no_machine()
    {
        await using var house = await DeskHouse.OpenAsync();
        var draft = await house.DraftAsync(Url);
        byte[] capture = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
        Assert.Equal("notice-state", Refused(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, "PX-1", capture, Token)));
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, Token));
        Assert.Equal("confirmation-number", Refused(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, "a\r\nb", capture, Token)));
        Assert.Equal("capture-form", Refused(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, "PX-1", "xin chào"u8.ToArray(), Token)));
        var delivered = Done(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, " PX-1 ", capture, Token));
        Assert.Equal((DispatchState.Delivered, "PX-1", DeliveryLabels.Confirmation), (delivered.Dispatch, delivered.Receipt, delivered.DeliveryLabel));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Empty(house.Mail.Mails);
        Assert.Equal(house.House.Desk.Now, (await house.RequestAsync(draft.RequestId)).DeliveredAt);
        Assert.Equal("notice-state", Refused(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, "PX-2", capture, Token)));
    }

    [Fact]
    public async Task A_web_form_is_filled_field_by_field_from_what_was_approved_and_waits_for_a_person()
    {
        await using var house = await DeskHouse.OpenAsync(configure: config => config.Write("platforms/trang-mau.yaml", $$$"""
            id: trang-mau
            name: Trang Mẫu
            hosts: [{{{Host}}}]
            channels:
              - kind: form
                address: https://trang-mau.example/bao-cao
                addressee: Bộ phận pháp lý
                form:
                  - label: Liên kết
                    value: "{{ items[0].url }}"
                  - label: Số văn bản
                    value: "{{ notice.reference }}"
            language: vi
            required-vantages: [direct]
            """));
        var draft = await house.DraftAsync(Url);
        Assert.Equal(ChannelKind.Form, draft.Channel);
        Assert.Equal("notice-state", Refused(await FormFilling.OfAsync(house.House.Desk, house.As("an.nguyen"), draft.Id, Token)));
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal("send-by-hand", (await house.TargetAsync()).Attention);
        var form = Done(await FormFilling.OfAsync(house.House.Desk, house.As("an.nguyen"), draft.Id, Token));
        Assert.Equal("https://trang-mau.example/bao-cao", form.Url);
        Assert.Equal([new FilledField("Liên kết", Url), new FilledField("Số văn bản", draft.Id)], form.Fields);
        Assert.Equal("not-found", Refused(await FormFilling.OfAsync(house.House.Desk, house.As("an.nguyen"), "SKHCN-2026-99999", Token)));
        Done(await house.House.HandOvers.RecordAsync(house.As("an.nguyen"), draft.Id, "PX-1", "%PDF-1.7"u8.ToArray(), Token));
        Assert.Null((await house.TargetAsync()).Attention);
        Assert.Equal("notice-state", Refused(await FormFilling.OfAsync(house.House.Desk, house.As("an.nguyen"), draft.Id, Token)));
    }

    [Fact]
    public async Task A_demand_without_what_the_platform_acts_on_is_refused_with_the_list_of_what_is_missing()
    {
        await using var house = await DeskHouse.OpenAsync(rest: """
            post-pattern: '/bai/(?<post>[0-9]+)$'
            requires: [post, account, digest]
            """);
        house.Site.OnText("/u/hoa.mai/bai/anh", Pipeline.VantageHouse.Page);
        await house.House.Intake.AddManyAsync(house.As("an.nguyen"), [new IntakeItem { Url = $"http://{Host}/u/hoa.mai/bai/anh", WatchListId = "sample", Source = "test" }], Token);
        await house.House.Sweeps.InspectDueAsync(Token);
        var refused = Assert.IsType<OperationResult<VerifiedCase>.Refused>(await house.House.Cases.VerifyAsync(house.As("binh.tran"), "C000001", new Verification("đã xem"), Token)).Refusal;
        Assert.Equal("notice-incomplete", refused.Code);
        Assert.Equal([$"Post|http://{Host}/u/hoa.mai/bai/anh", $"Digest|http://{Host}/u/hoa.mai/bai/anh"], refused.Arguments);
        Assert.Contains($"mã bài đăng (http://{Host}/u/hoa.mai/bai/anh), mã băm tệp (", Worker.Diagnostics.Messages.Say(refused, Worker.Diagnostics.Language.Vietnamese), StringComparison.Ordinal);
        Assert.Contains($"post id (http://{Host}/u/hoa.mai/bai/anh), media digest (", Worker.Diagnostics.Messages.Say(refused, Worker.Diagnostics.Language.English), StringComparison.Ordinal);
        Assert.All(Enum.GetNames<Worker.Notices.NoticePart>(), part => Assert.DoesNotContain(
            part, Worker.Diagnostics.Messages.Say(new Refusal(RefusalKind.Conflict, "notice-incomplete", part), Worker.Diagnostics.Language.Vietnamese), StringComparison.Ordinal));
        // Nothing was numbered: the series has no gap.
        Assert.Empty(await house.Store.RequestsOfTargetAsync("T000001", AgencyScope.All, Token));
    }

    [Fact]
    public async Task What_is_beyond_our_competence_goes_to_the_authority_that_has_it_with_a_clock_of_its_own()
    {
        await using var house = await DeskHouse.OpenAsync(configure: config => config.Replace("legal-bases.yaml", "    competent-agencies: [ict, police]\n    deadline-hours: 24", "    competent-agencies: [police]\n    relay-to: police\n    relay-hours: 36\n    deadline-hours: 24"));
        var draft = await house.DraftAsync(Url, "decree-147-2024");
        Assert.Equal((NoticeKind.Relay, "cong-an@so-mau.example"), (draft.Kind, draft.To));
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal(["cong-an@so-mau.example"], house.Mail.Mails.Select(mail => mail.To).Distinct(StringComparer.Ordinal));
        var request = await house.RequestAsync(draft.RequestId);
        Assert.Equal(("police", 36), (request.RelayTo, request.RelayHours));
        Assert.Equal(request.DeliveredAt!.Value.AddHours(36), request.RelayDeadline);
        Assert.Equal(request.DeliveredAt!.Value.AddHours(36), request.NextReminderAt);
        // The platform was not asked by us: no strike against the account.
        Assert.Equal(0, Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), request.TargetId, Token)).Strikes?.Ever ?? 0);
    }

    [Fact]
    public async Task Many_are_approved_by_one_reviewed_act_each_with_an_entry_of_its_own()
    {
        await using var house = await DeskHouse.OpenAsync();
        foreach (var page in Enumerable.Range(1, 4))
            await house.DraftAsync($"http://{Host}/u/hoa.mai/bai/{page}");
        Assert.Equal("role-needed", Refused(await house.House.Bulk.ReviewDraftsAsync(house.As("binh.tran"), [], null, Token)));
        var review = Done(await house.House.Bulk.ReviewDraftsAsync(house.As("chi.le"), [], null, Token));
        Assert.Equal(4, review.Lines.Count);
        string[] names = [.. review.Lines.Select(line => line.Notice)];
        Assert.Equal("none-named", Refused(await house.House.Bulk.ApproveAsync(house.As("chi.le"), [], review.Code, Token)));
        // Another list than the one that was read, or another order of it, is not what was reviewed.
        Assert.Equal("review-changed", Refused(await house.House.Bulk.ApproveAsync(house.As("chi.le"), names[..3], review.Code, Token)));
        Assert.Equal("review-changed", Refused(await house.House.Bulk.ApproveAsync(house.As("chi.le"), [.. names.Reverse()], review.Code, Token)));

        // One of them is held by the police meanwhile: it alone is refused.
        Done(await house.House.Takedowns.HoldAsync(house.As("dung.pham"), review.Lines[1].Requests[0], "đang điều tra", Token));
        var ends = Done(await house.House.Bulk.ApproveAsync(house.As("chi.le"), names, review.Code, Token));
        Assert.Equal([null, "on-hold", null, null], ends.Select(end => end.Refusal?.Code));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal(3, house.Mail.Mails.Count(mail => mail.To == "phap-ly@trang-mau.example"));
    }

    [Fact]
    public async Task Many_are_reminded_by_one_reviewed_act_and_none_twice()
    {
        await using var house = await DeskHouse.OpenAsync();
        for (var page = 1; page <= 3; page++)
        {
            house.Site.OnText($"/u/hoa.mai/bai/{page}", Pipeline.VantageHouse.Page);
            await house.DemandAsync($"http://{Host}/u/hoa.mai/bai/{page}");
        }

        house.Later(12);
        var review = Done(await house.House.Bulk.ReviewRemindersAsync(house.As("an.nguyen"), [], null, Token));
        string[] names = [.. review.Lines.Select(line => line.Notice)];
        Assert.Equal(3, names.Length);
        var ends = Done(await house.House.Bulk.RemindAsync(house.As("an.nguyen"), names, review.Code, Token));
        Assert.All(ends, end => Assert.Null(end.Refusal));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal(3, house.Mail.Mails.Count(mail => mail.Subject.Contains("Nhắc lại", StringComparison.Ordinal)));
        Assert.Equal("review-changed", Refused(await house.House.Bulk.RemindAsync(house.As("an.nguyen"), names, review.Code, Token)));
    }

    [Fact]
    public async Task An_approval_that_names_another_content_than_the_present_is_refused()
    {
        await using var house = await DeskHouse.OpenAsync();
        var draft = await house.DraftAsync(Url);
        Assert.Equal("content-changed", Refused(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, new string('0', 64), Token)));
        var review = Done(await house.House.Bulk.ReviewDraftsAsync(house.As("chi.le"), [draft.Id], null, Token));
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, review.Lines[0].Digest, Token));
    }
}
