using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Builds what an approved evidence request asks for, hands it over, and takes in the officer's receipt.</summary>
public sealed class EvidencePackages(Desk desk, IPackageBuilder builder, CheckpointOperations checkpoints, CustodyProofs proofs, EvidenceRenderings renderings, string dataDirectory, string tool)
{
    private const int LongestReceipt = 200;

    /// <summary>Where encrypted packages wait to be handed over.</summary>
    public string Directory => Path.Combine(dataDirectory, "packages");

    /// <summary>The file of the package that the store knows; each build has a name of its own, so that the store never names a file that was replaced.</summary>
    public string PathOf(EvidenceRequest request) => PathOf(request, request.Package!.Sha256);

    private string PathOf(EvidenceRequest request, Digest sha256) => Path.Combine(Directory, $"{request.Id}-{sha256.ToString()[..16]}{RecipientKeyForm.PackageEnding(request.RecipientKey)}");

    /// <summary>Where a package is written until it is known what it is.</summary>
    private string NewOf(EvidenceRequest request) => Path.Combine(Directory, $"{request.Id}-new{RecipientKeyForm.PackageEnding(request.RecipientKey)}");

    /// <summary>Gathers, writes and encrypts. That sealed material is opened stands in the log before it is.</summary>
    public async Task<OperationResult<(EvidenceRequest Request, IReadOnlyList<string> Withheld)>> BuildAsync(Actor actor, string id, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, cancellation) is not { } request)
        {
            return Refusal.NotFound("evidence request", id);
        }

        if (request.PreservationOnly)
        {
            return new Refusal(RefusalKind.Conflict, "preservation-only", id);
        }

        if (EvidenceRequestTable.Instance.Apply(request.State, EvidenceRequestTrigger.PackageBuilt) is not Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved)
        {
            return new Refusal(RefusalKind.Conflict, "evidence-state", id, request.State.ToString());
        }

        if (!desk.Configuration.Agencies.TryGetValue(request.OwnerAgency, out var agency) || !desk.Configuration.LegalBases.TryGetValue(request.LegalBasisId, out var basis))
        {
            return Refusal.NotFound("legal basis", request.LegalBasisId);
        }

        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "evidence-build", id, reason)), cancellation);
        request = await renderings.MakeAsync(actor, request, cancellation);
        if (await checkpoints.PublishAsync(actor, "", cancellation) is not OperationResult<PublishedCheckpoint>.Done { Value: var checkpoint })
        {
            return new Refusal(RefusalKind.Conflict, "log-key");
        }

        await checkpoints.WorkAsync(cancellation);
        checkpoint = (await desk.Store.CheckpointAtAsync(checkpoint.Size, cancellation))!;
        var (targets, items) = await GatherAsync(request, cancellation);
        var built = await builder.BuildAsync(new PackageOrder
        {
            Request = request,
            Agency = agency,
            Basis = basis,
            Person = person => desk.Configuration.People.TryGetValue(person, out var known) ? $"{known.Name}{(known.Title.Length > 0 ? ", " + known.Title : "")}" : person,
            At = desk.Now,
            Tool = tool,
            Targets = targets,
            Items = items,
            Custody = await EntriesAsync(request, targets, checkpoint, cancellation),
            Checkpoint = checkpoint,
            LogKeys = [.. (await checkpoints.KeysAsync(cancellation)).Select(key => key.Key)],
            Output = NewOf(request),
        }, cancellation);
        if (built is not PackageResult.Built package)
        {
            return Refused(id, (PackageResult.Failed)built);
        }

        // First the file, then the word that it is there, then the one before it goes: wherever this breaks off, what the store names can be handed over.
        try
        {
            File.Move(NewOf(request), PathOf(request, package.Sha256), overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Conflict, "package-cannot-write", id, problem.Message);
        }

        var done = await desk.ActAsync<EvidenceRequest>(async token =>
        {
            if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, token) is not { } now
                || EvidenceRequestTable.Instance.Apply(now.State, EvidenceRequestTrigger.PackageBuilt) is not Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "changed-meanwhile", id);
            }

            var changed = now with { State = moved.Next, Package = new PackageFacts(desk.Now, actor.Id, package.Sha256, package.Length, package.Manifest, package.Files, checkpoint.Size) };
            return Decided<EvidenceRequest>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(desk.Now, "evidence-built", id, $"{package.Files} files", request.Approved?.Person, package.Sha256, package.Manifest)));
        }, cancellation);
        if (done is not OperationResult<EvidenceRequest>.Done { Value: var value })
        {
            return ((OperationResult<EvidenceRequest>.Refused)done).Refusal;
        }

        DeleteOthers(value);
        return new OperationResult<(EvidenceRequest, IReadOnlyList<string>)>.Done((value, package.Withheld));
    }

    /// <summary>Packages of the same request that the store does not know, or not any more.</summary>
    private void DeleteOthers(EvidenceRequest request)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory, request.Id + "-*").Where(file => file != PathOf(request)))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Encrypted, and unknown to the store; the next build tries again.
            }
        }
    }

    /// <summary>Copies the encrypted package out; from here on it counts as handed over.</summary>
    public async Task<OperationResult<EvidenceRequest>> ExportAsync(Actor actor, string id, string reason, string destination, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, cancellation) is not { } request)
        {
            return Refusal.NotFound("evidence request", id);
        }

        if (request.Package is not { } package || EvidenceRequestTable.Instance.Apply(request.State, EvidenceRequestTrigger.HandOver) is not Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved)
        {
            return new Refusal(RefusalKind.Conflict, "evidence-state", id, request.State.ToString());
        }

        if (File.Exists(destination))
        {
            return new Refusal(RefusalKind.Conflict, "file-exists", destination);
        }

        try
        {
            await using (var from = new FileStream(PathOf(request), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous))
            {
                var digest = Digest.FromBytes(DigestKind.Sha256, await SHA256.HashDataAsync(from, cancellation));
                if (digest != package.Sha256)
                {
                    return new Refusal(RefusalKind.Conflict, "package-altered", PathOf(request));
                }

                from.Position = 0;
                await using var to = new FileStream(destination, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
                await from.CopyToAsync(to, cancellation);
                to.Flush(flushToDisk: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Conflict, "package-cannot-write", id, problem.Message);
        }

        return await StepAsync(actor, id, EvidenceRequestTrigger.HandOver, "evidence-handed-over", reason, package.Sha256, (now, decision) => now with { Delivered = decision }, cancellation);
    }

    /// <summary>The officer has it: the time that everything must be kept begins.</summary>
    /// <param name="computed">SHA-256 that the officer computed of the encrypted file, in hex; empty: none was told. Another than the package's is refused, as then something else arrived.</param>
    public async Task<OperationResult<EvidenceRequest>> ReceiptAsync(Actor actor, string id, string receipt, string computed, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Verifier, Role.Approver) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(receipt) || receipt.Length > LongestReceipt || Reason.Check(receipt) is not null)
        {
            return new Refusal(RefusalKind.Invalid, "receipt-form", LongestReceipt.ToString(CultureInfo.InvariantCulture));
        }

        Digest? told = null;
        if (!string.IsNullOrWhiteSpace(computed))
        {
            if (!Digest.TryParse(DigestKind.Sha256, computed.Trim(), out var digest))
            {
                return new Refusal(RefusalKind.Invalid, "receipt-digest-form");
            }

            if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, cancellation) is not { } request)
            {
                return Refusal.NotFound("evidence request", id);
            }

            // A package is never built again once it was handed over, so what is compared here is what left.
            if (request.Package is { } package && request.State is EvidenceRequestState.Delivered or EvidenceRequestState.Receipted && package.Sha256 != digest)
            {
                return new Refusal(RefusalKind.Conflict, "receipt-digest", id);
            }

            told = digest;
        }

        return await StepAsync(actor, id, EvidenceRequestTrigger.ConfirmReceipt, "evidence-receipt", receipt.Trim(), told, (now, decision) => now with { Receipt = decision, RetainUntil = decision.At + desk.Configuration.Installation.Evidence.RetainAfterReceipt }, cancellation);
    }

    private static Refusal Refused(string id, PackageResult.Failed failed) => failed.Code switch
    {
        "signing-not-configured" => new Refusal(RefusalKind.Conflict, "package-signing-not-configured", id),
        "signing-key-open" => new Refusal(RefusalKind.Conflict, "package-signing-key-open", id, failed.Detail),
        "signing-certificate-expired" => new Refusal(RefusalKind.Conflict, "package-signing-certificate-expired", id, failed.Detail),
        "signing-key" => new Refusal(RefusalKind.Conflict, "package-signing-key", id, failed.Detail),
        "font-missing" => new Refusal(RefusalKind.Conflict, "package-font-missing", id),
        "stamp" => new Refusal(RefusalKind.Conflict, "package-stamp", id),
        _ => new Refusal(RefusalKind.Conflict, "package-cannot-write", id, failed.Detail),
    };

    private Task<OperationResult<EvidenceRequest>> StepAsync(Actor actor, string id, EvidenceRequestTrigger trigger, string act, string reason, Digest? digest, Func<EvidenceRequest, Decision, EvidenceRequest> decide, CancellationToken cancellation) =>
        desk.ActAsync<EvidenceRequest>(async token =>
        {
            if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("evidence request", id);
            }

            switch (EvidenceRequestTable.Instance.Apply(request.State, trigger))
            {
                case Transition<EvidenceRequestState, EvidenceRequestEffect>.NoChange:
                    return Decided<EvidenceRequest>.Already(request);
                case Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved moved:
                    var changed = decide(request, new Decision(actor.Id, desk.Now, reason)) with { State = moved.Next };
                    return Decided<EvidenceRequest>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(desk.Now, act, id, reason, null, digest is { } one ? [one] : [])));
                default:
                    return new Refusal(RefusalKind.Conflict, "evidence-state", id, request.State.ToString());
            }
        }, cancellation);

    private async Task<(IReadOnlyList<PackageTarget> Targets, IReadOnlyList<PackageItem> Items)> GatherAsync(EvidenceRequest request, CancellationToken cancellation)
    {
        var targets = new List<PackageTarget>();
        var items = new List<PackageItem>();
        foreach (var id in request.Scope.TargetIds)
        {
            if (await desk.Store.FindTargetAsync(id, AgencyScope.All, cancellation) is not { } target)
            {
                continue;
            }

            var looks = (await desk.Store.ObservationsAsync(id, 1, int.MaxValue, cancellation))
                .Where(look => (request.Scope.From is not { } from || look.At >= from) && (request.Scope.To is not { } to || look.At <= to)).ToList();
            var requests = await desk.Store.RequestsOfTargetAsync(id, AgencyScope.All, cancellation);
            var notices = new List<Notice>();
            foreach (var demand in requests)
            {
                notices.AddRange(await desk.Store.NoticesOfRequestAsync(demand.Id, AgencyScope.All, cancellation));
            }

            targets.Add(new PackageTarget(target, target.CaseId is null ? null : await desk.Store.FindCaseAsync(target.CaseId, AgencyScope.All, cancellation), looks, requests, [.. notices.DistinctBy(notice => notice.Id)]));
            items.AddRange(Items(request, id, looks, (await desk.Vault.ItemsOfAsync(id, cancellation)).ToDictionary(item => item.Id, StringComparer.Ordinal), target.Media.Select(media => media.Record?.Item)));
        }

        return (targets, items);
    }

    private static IEnumerable<PackageItem> Items(EvidenceRequest request, string target, List<Observation> looks, Dictionary<string, VaultItem> vault, IEnumerable<string?> media)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var look in looks)
        {
            var number = 0;
            foreach (var id in look.Records.Concat(look.Captures))
            {
                if (vault.TryGetValue(id, out var item) && Asked(request, item.Kind) && given.Add(id))
                {
                    yield return new PackageItem(item, $"{Folder(item.Kind)}/{target}-{look.Number.ToString("D8", CultureInfo.InvariantCulture)}-{++number}", look.Id, Before: false);
                }
            }
        }

        foreach (var look in request.Renderings.Where(one => looks.Exists(seen => seen.Id == one.Observation)))
        {
            foreach (var id in look.Items)
            {
                if (vault.TryGetValue(id, out var item) && given.Add(id))
                {
                    yield return new PackageItem(item, $"render/{target}-{looks.Find(seen => seen.Id == look.Observation)!.Number.ToString("D8", CultureInfo.InvariantCulture)}-page", look.Observation, Before: false);
                }
            }
        }

        // What was seen again within the span is kept where it was seen first.
        var before = 0;
        foreach (var id in looks.Select(look => look.PageRecord?.Item).Concat(looks.Count > 0 ? media : []).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (vault.TryGetValue(id, out var item) && Asked(request, item.Kind) && given.Add(id))
            {
                yield return new PackageItem(item, $"{Folder(item.Kind)}/{target}-before-{++before}", null, Before: true);
            }
        }
    }

    private static bool Asked(EvidenceRequest request, string kind) => request.Scope.Artefacts.Contains(kind switch
    {
        VaultKinds.Exchanges => EvidenceArtefact.Exchanges,
        VaultKinds.MediaExchange or VaultKinds.Media => EvidenceArtefact.Media,
        VaultKinds.Text => EvidenceArtefact.Texts,
        VaultKinds.HumanCapture => EvidenceArtefact.HumanCaptures,
        _ => EvidenceArtefact.Renderings,
    });

    private static string Folder(string kind) => kind switch
    {
        VaultKinds.Exchanges or VaultKinds.MediaExchange or VaultKinds.Media => "capture",
        VaultKinds.Text => "text",
        VaultKinds.HumanCapture => "human",
        _ => "render",
    };

    private async Task<IReadOnlyList<PackageEntry>> EntriesAsync(EvidenceRequest request, IReadOnlyList<PackageTarget> targets, PublishedCheckpoint checkpoint, CancellationToken cancellation)
    {
        var about = new List<string> { request.Id };
        foreach (var target in targets)
        {
            about.Add(target.Target.Id);
            about.AddRange(target.Observations.Select(look => look.Id));
            about.AddRange(target.Requests.Select(demand => demand.Id));
            about.AddRange(target.Notices.Select(notice => notice.Id));
            if (target.Case is { } @case)
            {
                about.Add(@case.Id);
            }
        }

        var entries = new SortedDictionary<long, CustodyEntry>();
        foreach (var item in about.Distinct(StringComparer.Ordinal))
        {
            foreach (var entry in await desk.Store.CustodyOfAsync(item, cancellation))
            {
                if (entry.Sequence <= checkpoint.Size)
                {
                    entries[entry.Sequence] = entry;
                }
            }
        }

        return [.. (await proofs.OfAsync([.. entries.Values], checkpoint, cancellation)).Select(one => new PackageEntry(one.Sequence, one.Canonical, one.Proof!))];
    }
}
