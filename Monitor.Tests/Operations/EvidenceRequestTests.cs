using Monitor.Rules.Evidence;
using Monitor.Tests.Evidence;
using Monitor.Worker.Evidence;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Operations;

/// <summary>What police ask for is held at once, decided by two people, and let go of by two people.</summary>
public sealed class EvidenceRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static EvidenceRequestOrder Order(params string[] targets) => new()
    {
        Number = "123/YC-CSHS",
        PoliceUnit = "Phòng Cảnh sát hình sự",
        Investigator = "Nguyễn Văn Mẫu",
        InvestigatorId = "ĐTV-0001",
        PoliceCase = "VA-2026-17",
        LegalBasisId = "criminal-procedure-2015",
        Decision = "45/QĐ-CSĐT",
        Signer = "Trần Văn Ký",
        Purpose = "Điều tra vụ việc mẫu",
        Targets = targets,
        RecipientKey = OfficerKey.Public,
        DueAt = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Reason = "công an yêu cầu",
    };

    [Fact]
    public async Task A_request_goes_from_hand_to_hand_and_holds_what_it_asks_for()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        var taken = DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), Order(DeskHouse.Url), Token));
        Assert.Equal(("E000001", EvidenceRequestState.Received, "ict", "T000001"), (taken.Id, taken.State, taken.OwnerAgency, Assert.Single(taken.Scope.TargetIds)));
        Assert.Equal(40, taken.RecipientFingerprint.Length);
        Assert.Equal(6, taken.Scope.Artefacts.Count);
        Assert.True((await house.TargetAsync()).Preserve);
        Assert.Equal([new VaultHold("T000001", "E000001")], await house.House.Vault.HoldsAsync(Token));

        // An analyst does not check, who checked does not approve, nothing is approved unchecked.
        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Evidence.CheckAsync(house.As("an.nguyen"), taken.Id, "xem", Token)));
        Assert.Equal("evidence-state", DeskHouse.Refused(await house.House.Evidence.ApproveAsync(house.As("chi.le"), taken.Id, "duyệt", Token)));
        DeskHouse.Done(await house.House.Evidence.CheckAsync(house.As("dung.pham"), taken.Id, "đúng căn cứ", Token));
        Assert.Equal("same-person", DeskHouse.Refused(await house.House.Evidence.ApproveAsync(house.As("dung.pham"), taken.Id, "duyệt", Token)));
        var approved = DeskHouse.Done(await house.House.Evidence.ApproveAsync(house.As("chi.le"), taken.Id, "duyệt", Token));
        Assert.Equal((EvidenceRequestState.Approved, "dung.pham", "chi.le"), (approved.State, approved.Checked!.Person, approved.Approved!.Person));
        Assert.Equal(["evidence-request", "evidence-check", "evidence-approve"], (await house.Store.CustodyOfAsync(taken.Id, Token)).Select(entry => entry.Act.Act));

        // A hold for a package is not let go of before the officer has it.
        Assert.Equal("evidence-state", DeskHouse.Refused(await house.House.Evidence.AskReleaseAsync(house.As("chi.le"), taken.Id, "thôi", Token)));
        DeskHouse.Done(await house.House.Evidence.RefuseAsync(house.As("chi.le"), taken.Id, "rút lại", Token));
        Assert.False((await house.TargetAsync()).Preserve);
        Assert.Empty(await house.House.Vault.HoldsAsync(Token));
    }

    [Fact]
    public async Task Preservation_only_needs_no_key_and_ends_with_two_people()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        var order = Order("T000001") with { PreservationOnly = true, RecipientKey = "" };
        var first = DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("dung.pham"), order, Token));
        var second = DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), order with { Number = "124/YC-CSHS" }, Token));
        Assert.Equal(("E000001", "E000002"), (first.Id, second.Id));
        DeskHouse.Done(await house.House.Evidence.CheckAsync(house.As("binh.tran"), first.Id, "đúng", Token));
        DeskHouse.Done(await house.House.Evidence.ApproveAsync(house.As("chi.le"), first.Id, "duyệt", Token));
        Assert.Equal("release-not-asked", DeskHouse.Refused(await house.House.Evidence.ReleaseAsync(house.As("chi.le"), first.Id, "thôi", Token)));
        DeskHouse.Done(await house.House.Evidence.AskReleaseAsync(house.As("chi.le"), first.Id, "thôi", Token));
        Assert.Equal("same-person", DeskHouse.Refused(await house.House.Evidence.ReleaseAsync(house.As("chi.le"), first.Id, "thôi", Token)));
        Assert.Equal(EvidenceRequestState.Closed, DeskHouse.Done(await house.House.Evidence.ReleaseAsync(house.As("dung.pham"), first.Id, "thôi", Token)).State);

        // The other request still holds it.
        Assert.True((await house.TargetAsync()).Preserve);
        Assert.Equal([new VaultHold("T000001", "E000002")], await house.House.Vault.HoldsAsync(Token));
        DeskHouse.Done(await house.House.Evidence.RefuseAsync(house.As("binh.tran"), second.Id, "trùng", Token));
        Assert.False((await house.TargetAsync()).Preserve);
    }

    [Fact]
    public async Task What_cannot_be_taken_in_leaves_nothing_behind()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        foreach (var (order, code) in new[]
        {
            (Order("T000009"), "not-found"),
            (Order("T000001") with { Number = "" }, "evidence-field"),
            (Order("T000001") with { Purpose = "a\nb" }, "evidence-field"),
            (Order(), "evidence-targets"),
            (Order("T000001") with { RecipientKey = "" }, "recipient-key-needed"),
            (Order("T000001") with { RecipientKey = "không phải khoá" }, "recipient-key"),
            (Order("T000001") with { RecipientKey = OfficerKey.Secret }, "recipient-key"),
            (Order("T000001") with { Urgency = EvidenceUrgency.Urgent }, "urgency-ground"),
            (Order("T000001") with { From = house.Clock.GetUtcNow(), To = house.Clock.GetUtcNow().AddDays(-1) }, "evidence-span"),
            (Order("T000001") with { LegalBasisId = "decree-147-2024" }, "basis-not-for-evidence"),
            (Order("T000001") with { LegalBasisId = "không-có" }, "not-found"),
            (Order("T000001") with { Reason = "" }, "reason-needed"),
            (Order("T000001") with { Letter = [1, 2, 3] }, "capture-form"),
        })
        {
            Assert.Equal(code, DeskHouse.Refused(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), order, Token)));
        }

        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Evidence.TakeInAsync(house.As("hanh.dang"), Order("T000001"), Token)));
        Assert.Empty(await house.House.Vault.HoldsAsync(Token));
        Assert.False((await house.TargetAsync()).Preserve);
        Assert.Empty(await house.Store.ListEvidenceRequestsAsync(null, AgencyScope.All, new Paging(), Token));
        // A demand on a ground that only carries evidence is refused as well.
        await house.House.Intake.AddManyAsync(house.As("an.nguyen"), [new IntakeItem { Url = $"http://{DeskHouse.Host}/u/hoa.mai/bai/2", WatchListId = "sample", Source = "test" }], Token);
        house.Site.OnText("/u/hoa.mai/bai/2", Pipeline.VantageHouse.Page);
        await house.House.Sweeps.InspectDueAsync(Token);
        Assert.Equal("basis-not-for-takedown", DeskHouse.Refused(await house.House.Cases.VerifyAsync(house.As("binh.tran"), "C000002", new Verification("xem", LegalBasisId: "criminal-procedure-2015"), Token)));
    }

    [Fact]
    public async Task Where_it_is_configured_another_agency_approves()
    {
        await using var house = await DeskHouse.OpenAsync(removal: "  hard-confirmations: 3\nevidence:\n  approval-by-another-agency: true");
        await house.DemandAsync();
        DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), Order("T000001"), Token));
        DeskHouse.Done(await house.House.Evidence.CheckAsync(house.As("binh.tran"), "E000001", "đúng", Token));
        Assert.Equal("other-agency-approves", DeskHouse.Refused(await house.House.Evidence.ApproveAsync(house.As("chi.le"), "E000001", "duyệt", Token)));
        DeskHouse.Done(await house.House.Evidence.ApproveAsync(house.As("dung.pham"), "E000001", "duyệt", Token));
    }

    [Fact]
    public async Task Requests_at_once_get_numbers_without_gaps_and_each_its_hold()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var end = await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), Order("T000001") with { Number = $"{at}/YC" }, Token);
                if (end is OperationResult<EvidenceRequest>.Done done)
                    return done.Value.Id;
                Assert.InRange(i, 0, 20);
            }
        })));
        Assert.Equal([.. Enumerable.Range(1, 8).Select(at => $"E{at:D6}")], all.Order(StringComparer.Ordinal));
        Assert.Equal(all.Order(StringComparer.Ordinal), (await house.House.Vault.HoldsAsync(Token)).Select(hold => hold.Hold).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Holds_left_by_a_crash_are_settled()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), Order("T000001"), Token));
        DeskHouse.Done(await house.House.Evidence.RefuseAsync(house.As("binh.tran"), "E000001", "không đủ", Token));
        // As if it had ended between telling and lifting.
        await house.House.Vault.HoldAsync("T000001", "E000001", Token);
        await house.House.Vault.HoldAsync("T000001", "pending-x", Token);
        // As if it had ended before the hold got its number.
        DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), Order("T000001"), Token));
        await house.House.Vault.ReleaseAsync("T000001", "E000002", Token);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.Equal(["E000002", "pending-x"], (await house.House.Vault.HoldsAsync(Token)).Select(hold => hold.Hold).Order(StringComparer.Ordinal));
        await house.House.Evidence.SettleHoldsAsync(starting: true, Token);
        Assert.Equal([new VaultHold("T000001", "E000002")], await house.House.Vault.HoldsAsync(Token));
    }

    [Theory]
    [InlineData(3600, true, "expired")]
    [InlineData(null, false, "not-for-encryption")]
    [InlineData(null, true, null)]
    public void A_key_is_good_while_it_lasts_and_if_it_encrypts(int? seconds, bool encrypts, string? problem)
    {
        var read = new RecipientKeys().Read(OfficerKey.PublicOf(seconds is { } span ? TimeSpan.FromSeconds(span) : null, encrypts), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(problem, (read as RecipientKeyReading.Unusable)?.Code);
        if (problem is null)
            Assert.Equal("Khác <khac@mau.example>", Assert.IsType<RecipientKeyReading.Good>(read).Whose);
    }
}
