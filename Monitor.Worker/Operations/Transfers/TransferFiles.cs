using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Monitor.Rules.Transfers;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.Operations.Transfers;

/// <summary>
/// Transfers to and from installations elsewhere: a JSON file and, beside it, a detached signature (C2SP signed note over the file's name, digest and kind). What is signed by nobody
/// in transfer-peers, was taken in before, or is for nobody here, changes nothing. The child's identity never travels in it: its readers' keys are of this installation.
/// </summary>
public sealed class TransferFiles(Desk desk, TransferOperations transfers, ICheckpointSigner signer, Func<string> origin)
{
    /// <summary>First line of what is signed.</summary>
    public const string Form = "monitor.transfer/v1";

    public const int LargestFile = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>What the other installation is given: the demand by its sender, the result by its receiver.</summary>
    public async Task<OperationResult<TransferFile>> ExportAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (await transfers.OpenAsync(actor, id, cancellation) is not OperationResult<TransferSeen>.Done { Value: { Text: { } text } seen })
        {
            return Refusal.NotFound("transfer", id);
        }

        var transfer = seen.Transfer;
        var answers = actor.AgencyId == transfer.ToAgency;
        if (answers && (transfer.Origin is null || seen.Result is null))
        {
            return new Refusal(RefusalKind.Conflict, "transfer-state", id, transfer.State.ToString());
        }

        var name = origin();
        var body = answers
            ? new TransferBody { Kind = TransferFileKind.Result, Installation = name, Id = id, AnswersTo = transfer.Origin!.Id, Result = seen.Result, At = transfer.Answered!.At }
            : await DemandAsync(transfer, text, name, cancellation);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json);
        var digest = HumanCapture.DigestOf(bytes);
        if (signer.Sign(name, Signed(digest)) is not { } signature)
        {
            return new Refusal(RefusalKind.Conflict, "transfer-signing");
        }

        // Written down before it leaves.
        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "transfer-exported", id, "", null, digest)), cancellation);
        return new OperationResult<TransferFile>.Done(new TransferFile($"{id}.transfer.json", bytes, new SignedNote(Signed(digest), [signature]).ToString()));
    }

    /// <summary>Takes in a demand, or the result of one of ours. The same file again is taken in once.</summary>
    public async Task<OperationResult<TransferTaken>> ImportAsync(Actor actor, ReadOnlyMemory<byte> file, string signature, CancellationToken cancellation)
    {
        if (actor.Needs(Rules.Sharing.Role.Intake, Rules.Sharing.Role.Analyst, Rules.Sharing.Role.Verifier) is { } unfit)
        {
            return unfit;
        }

        if (file.Length > LargestFile)
        {
            return new Refusal(RefusalKind.Invalid, "transfer-file", "size");
        }

        var digest = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(file.Span));
        if (Peer(digest, signature) is not { } peer)
        {
            return new Refusal(RefusalKind.NotAllowed, "transfer-signature");
        }

        if (!TryRead(file, out var body, out var problem))
        {
            return new Refusal(RefusalKind.Invalid, "transfer-file", problem);
        }

        // The name in the file is signed by whoever bears it, and speaks for its own agency alone.
        if (body.Installation != peer.Key.Name)
        {
            return new Refusal(RefusalKind.NotAllowed, "transfer-signature");
        }

        return body.Kind == TransferFileKind.Demand
            ? await TakeDemandAsync(actor, body, peer.Agency, digest, cancellation)
            : await TakeResultAsync(actor, body, peer.Agency, digest, cancellation);
    }

    private static string Signed(Digest digest) => $"{Form}\n{digest}\n";

    private async Task<TransferBody> DemandAsync(Transfer transfer, TransferText text, string name, CancellationToken cancellation)
    {
        var urls = text.Urls.ToList();
        var digests = transfer.Digests.ToList();
        foreach (var id in transfer.TargetIds)
        {
            if (await desk.Store.FindTargetAsync(id, AgencyScope.All, cancellation) is { } target)
            {
                urls.Add(target.Url);
                digests.AddRange(target.Media.SelectMany(media => media.Digests));
            }
        }

        return new TransferBody
        {
            Kind = TransferFileKind.Demand,
            Installation = name,
            Id = transfer.Id,
            From = transfer.FromAgency,
            FromUnit = transfer.FromUnit,
            To = transfer.ToAgency,
            ToUnit = transfer.ToUnit,
            Clause = transfer.Clause,
            Purpose = transfer.Purpose,
            Urgency = transfer.Urgency,
            Source = transfer.Source,
            IntakeChannel = transfer.IntakeChannel,
            ReportedAt = transfer.ReportedAt,
            ReporterAnonymous = transfer.ReporterAnonymous,
            Category = transfer.Category,
            Urls = [.. urls.Distinct()],
            Accounts = text.Accounts,
            Digests = [.. digests.Distinct().Select(one => one.ToString())],
            HostCountry = transfer.HostCountry,
            Child = transfer.Child,
            Confidentiality = transfer.Confidentiality,
            Summary = text.Summary,
            ActionsTaken = text.ActionsTaken,
            RequestedOutput = text.RequestedOutput,
            Evidence = [.. transfer.Evidence.Select(one => new TransferFileEvidence(one.Item, one.Sha256.ToString()))],
            ResultDueAt = transfer.ResultDueAt,
            At = transfer.Sent.At,
        };
    }

    private Settings.TransferPeer? Peer(Digest digest, string signature) =>
        SignedNote.TryParse(signature, out var note) && note.Body == Signed(digest)
            ? desk.Configuration.Installation.TransferPeers.FirstOrDefault(peer => note.Check(peer.Key, signer.Verify) is NoteCheck.Good)
            : null;

    private async Task<OperationResult<TransferTaken>> TakeDemandAsync(Actor actor, TransferBody body, string agency, Digest digest, CancellationToken cancellation)
    {
        // For which of our agencies it is says the file; that it is for the actor's own, the actor's session says.
        if (body.To != actor.AgencyId)
        {
            return new Refusal(RefusalKind.Invalid, "transfer-to", body.To ?? "");
        }

        if (await desk.Store.FindForeignTransferAsync(body.Installation, body.Id, cancellation) is { } before)
        {
            return before.Origin!.Digest == digest
                ? new OperationResult<TransferTaken>.Done(new TransferTaken(before, New: false))
                : new Refusal(RefusalKind.Conflict, "transfer-replayed", body.Id);
        }

        var text = RowJson.Write(new TransferText { Summary = body.Summary!, Urls = body.Urls, Accounts = body.Accounts, ActionsTaken = body.ActionsTaken, RequestedOutput = body.RequestedOutput! });
        var item = (await desk.Vault.SealAsync([new SealRequest(actor.AgencyId, TransferOperations.TextKind, text)], cancellation))[0];
        var result = await desk.ActAsync<Transfer>(async token =>
        {
            // Two imports of one file at once: the second finds the first's row.
            if (await desk.Store.FindForeignTransferAsync(body.Installation, body.Id, token) is { } other)
            {
                return Decided<Transfer>.Already(other);
            }

            var series = await desk.Store.SeriesAsync(Ids.TransferSeries, token);
            var now = desk.Now;
            var terms = desk.Configuration.Installation.Transfers.Of(body.Urgency);
            var transfer = new Transfer
            {
                Id = Ids.Transfer(series.Last + 1),
                FromAgency = agency,
                FromUnit = body.FromUnit,
                ToAgency = actor.AgencyId,
                ToUnit = body.ToUnit,
                Clause = body.Clause!,
                Purpose = body.Purpose!.Value,
                Urgency = body.Urgency,
                Source = body.Source!.Value,
                IntakeChannel = body.IntakeChannel,
                ReportedAt = body.ReportedAt!.Value,
                ReporterAnonymous = body.ReporterAnonymous,
                Category = body.Category!.Value,
                Digests = [.. body.Digests.Select(Read)],
                Evidence = [.. body.Evidence.Select(one => new TransferEvidence(one.Item, Read(one.Sha256)))],
                HostCountry = body.HostCountry,
                Child = body.Child,
                Confidentiality = body.Confidentiality,
                TextItem = item,
                TextDigest = HumanCapture.DigestOf(text),
                Sent = new Decision(actor.Id, now, $"{body.Installation}/{body.Id}"),
                ReceiptDueAt = now + terms.Receipt,
                // The sender's own term stands, unless it has passed on the way.
                ResultDueAt = body.ResultDueAt is { } due && due > now ? due : now + terms.Result,
                Origin = new TransferOrigin(body.Installation, body.Id, digest),
            };
            return await transfers.CommitNewAsync(actor, transfer, series, "transfer-imported", token);
        }, cancellation);
        return TakenNow(result);
    }

    private async Task<OperationResult<TransferTaken>> TakeResultAsync(Actor actor, TransferBody body, string agency, Digest digest, CancellationToken cancellation)
    {
        // Of a demand of ours to that very agency.
        if (await desk.Store.FindTransferAsync(body.AnswersTo!, cancellation) is not { Origin: null } asked || asked.FromAgency != actor.AgencyId || asked.ToAgency != agency)
        {
            return Refusal.NotFound("transfer", body.AnswersTo!);
        }

        if (asked.State is TransferState.Answered or TransferState.Closed)
        {
            return await desk.Vault.OpenAsync(asked.ResultItem!, cancellation) is OpenResult.Opened opened && opened.Content.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(body.Result!))
                ? new OperationResult<TransferTaken>.Done(new TransferTaken(asked, New: false))
                : new Refusal(RefusalKind.Conflict, "transfer-replayed", body.Id);
        }

        var item = (await desk.Vault.SealAsync([new SealRequest(asked.Id, TransferOperations.ResultKind, Encoding.UTF8.GetBytes(body.Result!))], cancellation))[0];
        var result = await desk.ActAsync<Transfer>(async token =>
        {
            if (await desk.Store.FindTransferAsync(asked.Id, token) is not { State: TransferState.Sent or TransferState.Received or TransferState.Accepted } transfer)
            {
                return new Refusal(RefusalKind.Conflict, "transfer-state", asked.Id, asked.State.ToString());
            }

            var decision = new Decision(actor.Id, desk.Now, $"{body.Installation}/{body.Id}");
            transfer = transfers.Scheduled(transfer with { State = TransferState.Answered, Receipt = transfer.Receipt ?? decision, Accepted = transfer.Accepted ?? decision, Answered = decision, ResultItem = item, Steps = 0 });
            return Decided<Transfer>.To(transfer, new ChangeSet().Put(transfer).Log(actor.Log(desk.Now, "transfer-answered", transfer.Id, decision.Reason, null, digest)));
        }, cancellation);
        return TakenNow(result);
    }

    private static OperationResult<TransferTaken> TakenNow(OperationResult<Transfer> result) => result switch
    {
        OperationResult<Transfer>.Done done => new OperationResult<TransferTaken>.Done(new TransferTaken(done.Value, New: true)),
        OperationResult<Transfer>.Refused refused => refused.Refusal,
        _ => throw new InvalidOperationException("unknown result"),
    };

    private static Digest Read(string text) => Digest.TryParse(text, out var digest) ? digest : throw new InvalidOperationException("checked before");

    private static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out TransferBody? body, out string problem)
    {
        try
        {
            body = JsonSerializer.Deserialize<TransferBody>(file.Span, Json);
        }
        catch (JsonException fault)
        {
            (body, problem) = (null, fault.Path ?? "json");
            return false;
        }

        problem = body is null ? "null" : Missing(body) ?? "";
        if (problem.Length > 0)
        {
            body = null;
        }

        return body is not null;
    }

    /// <summary>First field that is missing or too long; null: none.</summary>
    private static string? Missing(TransferBody body)
    {
        static string? Text(string name, string? value, int longest, bool needed = true) => (needed && string.IsNullOrWhiteSpace(value)) || value?.Length > longest ? name : null;
        if ((Text("installation", body.Installation, 200) ?? Text("id", body.Id, 40)) is { } head)
        {
            return head;
        }

        if (body.Kind == TransferFileKind.Result)
        {
            return Text("answersTo", body.AnswersTo, 40) ?? Text("result", body.Result, 20_000);
        }

        return Text("clause", body.Clause, 300) ?? Text("summary", body.Summary, 20_000) ?? Text("requestedOutput", body.RequestedOutput, 20_000) ?? Text("actionsTaken", body.ActionsTaken, 20_000, needed: false)
            ?? Text("fromUnit", body.FromUnit, 300, needed: false) ?? Text("toUnit", body.ToUnit, 300, needed: false) ?? Text("intakeChannel", body.IntakeChannel, 300, needed: false)
            ?? Text("hostCountry", body.HostCountry, 2, needed: false)
            ?? (body.Purpose is null ? "purpose" : body.Source is null ? "source" : body.Category is null ? "category" : body.ReportedAt is null ? "reportedAt" : null)
            ?? (body.Urls.Count > 10_000 ? "urls" : body.Accounts.Count > 10_000 ? "accounts" : body.Digests.Count > 100_000 || body.Digests.Any(one => !Digest.TryParse(one, out _)) ? "digests" : null)
            ?? (body.Evidence.Any(one => one.Item.Length is 0 or > 200 || !Digest.TryParse(one.Sha256, out _)) ? "evidence" : null);
    }
}

/// <param name="Name">What the file is called; the signature lies beside it as NAME.sig.</param>
public sealed record TransferFile(string Name, byte[] Content, string Signature);

/// <param name="New">False: it was taken in before.</param>
public sealed record TransferTaken(Transfer Transfer, bool New);

public enum TransferFileKind
{
    Demand,
    Result,
}

/// <summary>The file's content; fields of a demand are absent in a result and the other way round.</summary>
public sealed record TransferBody
{
    public required TransferFileKind Kind { get; init; }

    /// <summary>Name of the signing key.</summary>
    public required string Installation { get; init; }

    /// <summary>Id there.</summary>
    public required string Id { get; init; }

    /// <summary>A result: the id that the demand had at its sender.</summary>
    public string? AnswersTo { get; init; }

    public string? Result { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? From { get; init; }

    public string FromUnit { get; init; } = "";

    public string? To { get; init; }

    public string ToUnit { get; init; } = "";

    public string? Clause { get; init; }

    public TransferPurpose? Purpose { get; init; }

    public TransferUrgency Urgency { get; init; }

    public TransferSource? Source { get; init; }

    public string IntakeChannel { get; init; } = "";

    public DateTimeOffset? ReportedAt { get; init; }

    public bool ReporterAnonymous { get; init; } = true;

    public Category? Category { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = [];

    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Hex; its length says which: 64 digits SHA-256, 40 SHA-1, 32 MD5.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    public string HostCountry { get; init; } = "";

    public ChildRisk Child { get; init; } = new(false, false, "");

    public TransferConfidentiality Confidentiality { get; init; }

    public string? Summary { get; init; }

    public string ActionsTaken { get; init; } = "";

    public string? RequestedOutput { get; init; }

    public IReadOnlyList<TransferFileEvidence> Evidence { get; init; } = [];

    public DateTimeOffset? ResultDueAt { get; init; }
}

public sealed record TransferFileEvidence(string Item, string Sha256);
