using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Replies;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Tests.Contracts;

/// <summary>Rows as tests need them: benign, made up, instants in whole milliseconds.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 5, TimeSpan.Zero);

    public static Digest Sha256Of(string text) => Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string TargetId(int number) => string.Create(CultureInfo.InvariantCulture, $"T{number:D6}");

    public static Target Target(int number, DateTimeOffset? due = null, string owner = "SKHCN", string list = "public-pages") => new()
    {
        Id = TargetId(number),
        Url = $"https://lantern.example/{number}",
        Host = "lantern.example",
        WatchListId = list,
        OwnerAgency = owner,
        Category = Category.SexualAbuseMaterial,
        PlatformId = "generic",
        CreatedAt = Noon,
        NextCheckAt = due,
    };

    public static Observation Observation(int target, int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{TargetId(target)}/{number:D8}"),
        TargetId = TargetId(target),
        Number = number,
        At = Noon.AddMinutes(number),
        Vantage = "direct",
        Outcome = "fetched",
        Status = 200,
        Page = new LivenessVerdict(Liveness.Live, LivenessReason.Alive, [new Signal("status", -20, "200")]),
        Fact = new ProofFact { At = Noon.AddMinutes(number), Vantage = "direct", Liveness = Liveness.Live, Reason = LivenessReason.Alive },
        Configuration = "f00d",
        ToolVersion = "0.1.0",
    };

    public static IntakeReport Report(int number, int target) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"I{number:D6}"),
        TargetId = TargetId(target),
        RawUrl = $"https://lantern.example/{target}?utm=1",
        Source = "111",
        ReceivedAt = Noon,
        By = "an",
    };

    public static Candidate Candidate(int number, CandidateState state = CandidateState.AwaitingTriage) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"K{number:x16}"),
        Url = $"https://lantern.example/found/{number}",
        WatchListId = "public-pages",
        OwnerAgency = "SKHCN",
        FoundOn = TargetId(1),
        FoundAt = Noon,
        State = state,
    };

    public static Case Case(int number, CaseState state = CaseState.AwaitingTriage, string owner = "SKHCN") => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"C{number:D6}"),
        OwnerAgency = owner,
        TargetId = TargetId(number),
        Category = Category.SexualAbuseMaterial,
        Severity = Severity.High,
        OpenedAt = Noon,
        State = state,
    };

    public static TakedownRequest Request(int number, int target, DateTimeOffset? reminder = null, string owner = "SKHCN") => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"R{number:D6}-1"),
        CaseId = "C000001",
        TargetId = TargetId(target),
        OwnerAgency = owner,
        PlatformId = "generic",
        Category = Category.SexualAbuseMaterial,
        LegalBasisId = "nd147",
        LegalBasisValidFrom = new DateOnly(2024, 12, 25),
        VerifiedBy = "binh",
        CreatedAt = Noon,
        NextReminderAt = reminder,
    };

    public static Notice Notice(int number, string request, DispatchState state = DispatchState.Drafted) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"SKHCN-2026-{number:D5}"),
        RequestId = request,
        CaseId = "C000001",
        TargetId = TargetId(1),
        OwnerAgency = "SKHCN",
        Kind = NoticeKind.Takedown,
        Number = 1,
        Category = Category.SexualAbuseMaterial,
        LegalBasisId = "nd147",
        PlatformId = "generic",
        Channel = ChannelKind.Smtp,
        To = "abuse@lantern.example",
        Addressee = "Bộ phận pháp lý",
        Language = "vi",
        Items = [],
        Subject = "đèn lồng xanh",
        Body = "…",
        ContentDigest = Sha256Of("đèn lồng xanh\n…"),
        Dispatch = state,
        DraftedBy = "an",
        DraftedAt = Noon,
        MessageId = "<1@monitor.example>",
    };

    public static OutboxMessage Message(int number, DateTimeOffset? due) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"A{number:D6}"),
        Kind = OutboxKind.Alert,
        OwnerAgency = "SKHCN",
        CreatedAt = Noon,
        DueAt = due,
    };

    public static InboundMail Mail(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"M{number:D6}"),
        OwnerAgency = "SKHCN",
        ReceivedAt = Noon,
        TakenAt = Noon,
        MessageDigest = Sha256Of($"mail {number}"),
        Size = 100,
        Kind = InboundKind.Answer,
        State = InboundState.Unmatched,
    };

    public static RuleSetVersion RuleSet(string set, int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{set}/{number:D5}"),
        Set = set,
        Number = number,
        Label = "7",
        Digest = Sha256Of(set + number).ToString(),
        Text = "id: lanterns # đèn lồng\n",
        Guidance = new Dictionary<string, string>(StringComparer.Ordinal) { ["lantern"] = "page" },
        State = RuleSetState.Active,
        ProposedBy = "an",
        ProposedAt = Noon,
        ActivatedBy = "binh",
        ActivatedAt = Noon.AddMinutes(1),
    };

    public static HashBankVersion Bank(string name, int number = 1) => new()
    {
        Id = $"{name}/sha256",
        Name = name,
        Kind = HashKind.Sha256,
        OwnerAgency = "CA",
        Number = number,
        Entries = 3,
        File = $"banks/{name}-{number}.bin",
        FileDigest = Sha256Of(name),
        ImportedAt = Noon,
        ImportedBy = "chi",
    };

    public static HashEntryState HashEntry(string bank) => new()
    {
        Id = $"{bank}/sha256/{Sha256Of(bank)}",
        Bank = bank,
        Kind = HashKind.Sha256,
        Hash = Sha256Of(bank).ToString(),
        Entry = "made up",
        OwnerAgency = "CA",
        Standing = EntryStanding.Quarantined,
        Reason = "made up",
        By = "system",
        At = Noon,
    };

    public static EvidenceRequest Evidence(int number, EvidenceRequestState state = EvidenceRequestState.Received, params IReadOnlyList<string> targets) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"E{number:D6}"),
        OwnerAgency = "SKHCN",
        Number = "1/YC",
        PoliceUnit = "Đơn vị mẫu",
        Investigator = "Người mẫu",
        InvestigatorId = "1",
        PoliceCase = "1",
        LegalBasisId = "x",
        Decision = "1",
        Signer = "Người ký",
        Purpose = "mẫu",
        Scope = new EvidenceScope(targets, null, Noon, [EvidenceArtefact.Exchanges, EvidenceArtefact.Notices]),
        DueAt = Noon,
        State = state,
        Received = new Decision("an.nguyen", Noon, "mẫu"),
        Package = new PackageFacts(Noon, "an.nguyen", Sha256Of("package"), 5, Sha256Of("manifest"), 7, 9),
    };

    public static ShredOrder Shred(int target, DateTimeOffset? due) => new()
    {
        Id = ShredOrder.IdOf(ShredGround.MediaExpired, TargetId(target)),
        OwnerAgency = "SKHCN",
        TargetId = TargetId(target),
        Ground = ShredGround.MediaExpired,
        Items = ["V1"],
        CreatedAt = Noon,
        DueAt = due,
    };

    public static CustodyDraft Act(string item, string act = "inspect") => new()
    {
        At = Noon,
        Actor = "system",
        Role = "system",
        Agency = "SKHCN",
        Act = act,
        Item = item,
    };
}
