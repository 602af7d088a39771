using System.Globalization;
using System.Text;
using Monitor.Rules.Cases;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.Operations.Transfers;

/// <summary>Handing over between the agencies of the coordination regulation: receipts, results and terms. Each agency sees what it sent and what was sent to it.</summary>
public sealed class TransferOperations(Desk desk, ChildIdentities identities)
{
    public const int MostTargets = 500;

    internal const string TextKind = "transfer-text";
    internal const string ResultKind = "transfer-result";
    private const int LongestText = 20_000;
    private const int LongestField = 300;
    private static readonly Role[] Workers = [Role.Intake, Role.Analyst, Role.Verifier, Role.Approver];

    private TransferRules Rules => desk.Configuration.Installation.Transfers;

    public async Task<OperationResult<Transfer>> SendAsync(Actor actor, TransferOrder order, CancellationToken cancellation)
    {
        if ((actor.Needs(Workers) ?? Reason.Check(order.Reason) ?? Unfit(order)) is { } unfit)
        {
            return unfit;
        }

        if (order.ToAgency == actor.AgencyId || !desk.Configuration.Agencies.TryGetValue(order.ToAgency, out var receiver) || !IsValid(receiver))
        {
            return new Refusal(RefusalKind.Invalid, "transfer-to", order.ToAgency);
        }

        var category = order.Category;
        foreach (var id in order.TargetIds)
        {
            if (await desk.Store.FindTargetAsync(id, actor.Scope, cancellation) is not { } target)
            {
                return Refusal.NotFound("target", id);
            }

            category ??= target.Category;
        }

        if (category is null)
        {
            return new Refusal(RefusalKind.Invalid, "transfer-category");
        }

        SealedIdentity? identity = null;
        if (order.Identity is { } child)
        {
            switch (await identities.SealAsync(actor, child, order.Investigator, cancellation))
            {
                case OperationResult<SealedIdentity>.Done done:
                    identity = done.Value;
                    break;
                case OperationResult<SealedIdentity>.Refused refused:
                    return refused.Refusal;
            }
        }

        var text = RowJson.Write(order.Text);
        var item = (await desk.Vault.SealAsync([new SealRequest(actor.AgencyId, TextKind, text)], cancellation))[0];
        return await desk.ActAsync<Transfer>(async token =>
        {
            var series = await desk.Store.SeriesAsync(Ids.TransferSeries, token);
            var now = desk.Now;
            var terms = Rules.Of(order.Urgency);
            var transfer = new Transfer
            {
                Id = Ids.Transfer(series.Last + 1),
                FromAgency = actor.AgencyId,
                FromUnit = order.FromUnit.Trim(),
                ToAgency = order.ToAgency,
                ToUnit = order.ToUnit.Trim(),
                Clause = order.Clause.Trim(),
                Purpose = order.Purpose,
                Urgency = order.Urgency,
                Source = order.Source,
                IntakeChannel = order.IntakeChannel.Trim(),
                ReportedAt = order.ReportedAt ?? now,
                ReporterAnonymous = order.ReporterAnonymous,
                Category = category.Value,
                TargetIds = [.. order.TargetIds.Distinct()],
                Digests = order.Digests,
                Evidence = order.Evidence,
                HostCountry = order.HostCountry.Trim().ToUpperInvariant(),
                Child = order.Child,
                Confidentiality = order.Confidentiality,
                TextItem = item,
                TextDigest = HumanCapture.DigestOf(text),
                Identity = identity,
                Sent = new Decision(actor.Id, now, order.Reason),
                ReceiptDueAt = now + terms.Receipt,
                ResultDueAt = order.ResultDueAt ?? now + terms.Result,
            };
            return await CommitNewAsync(actor, transfer, series, "transfer-sent", token);
        }, cancellation);
    }

    /// <summary>A row that is new here, with the alert to whom it is for.</summary>
    internal async Task<Decided<Transfer>> CommitNewAsync(Actor actor, Transfer transfer, NumberSeries series, string act, CancellationToken cancellation)
    {
        var changes = new ChangeSet();
        transfer = await AlertAsync(changes, Scheduled(transfer), OverdueTo.Receiver, "Có chuyển giao mới / new transfer", cancellation);
        changes.Put(series with { Last = series.Last + 1 }).Put(transfer).Log(actor.Log(desk.Now, act, transfer.Id, transfer.Sent.Reason, null, transfer.TextDigest));
        foreach (var target in transfer.TargetIds)
        {
            changes.Log(actor.Log(desk.Now, act, target, transfer.Id));
        }

        return Decided<Transfer>.To(transfer, changes);
    }

    /// <summary>What an agency sent and got; an inspector sees all, without words.</summary>
    public async Task<IReadOnlyList<Transfer>> ListAsync(Actor actor, TransferBox box, Paging page, CancellationToken cancellation)
    {
        var all = actor.Person is null || IsInspector(actor);
        return await desk.Store.ListTransfersAsync(all ? null : actor.AgencyId, box, page, cancellation);
    }

    /// <summary>Opens the words as well, where the agency is a party and, for the receiver, the receipt was given. An opening is logged.</summary>
    public async Task<OperationResult<TransferSeen>> OpenAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } transfer)
        {
            return Refusal.NotFound("transfer", id);
        }

        var view = View(actor, transfer);
        if (view != TransferView.Party || (actor.AgencyId == transfer.ToAgency && transfer.Receipt is null))
        {
            return new OperationResult<TransferSeen>.Done(new TransferSeen(transfer, view, null, null));
        }

        // A look that cannot be logged does not happen.
        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "transfer-opened", id)), cancellation);
        return new OperationResult<TransferSeen>.Done(new TransferSeen(
            transfer,
            view,
            await desk.Vault.OpenAsync(transfer.TextItem, cancellation) is OpenResult.Opened text ? RowJson.Read<TransferText>(text.Content) : null,
            transfer.ResultItem is { } result && await desk.Vault.OpenAsync(result, cancellation) is OpenResult.Opened words ? Encoding.UTF8.GetString(words.Content) : null));
    }

    public Task<OperationResult<Transfer>> ReceiveAsync(Actor actor, string id, CancellationToken cancellation) =>
        StepAsync(actor, id, Side.Receiver, TransferTrigger.Receive, "transfer-received", "", (transfer, decision) => transfer with { Receipt = transfer.Receipt ?? decision }, cancellation);

    /// <param name="assigned">Who works on it; null: whoever accepts.</param>
    public async Task<OperationResult<Transfer>> AcceptAsync(Actor actor, string id, string reason, string? assigned, CancellationToken cancellation)
    {
        if (Reason.Check(reason) is { } unfit)
        {
            return unfit;
        }

        var person = (assigned ?? actor.Id).Trim().ToLowerInvariant();
        return !desk.Configuration.People.TryGetValue(person, out var found) || found.AgencyId != actor.AgencyId || !found.IsValidOn(desk.Today)
            ? new Refusal(RefusalKind.Invalid, "transfer-assigned", person)
            : await StepAsync(actor, id, Side.Receiver, TransferTrigger.Accept, "transfer-accepted", reason, (transfer, decision) => transfer with { Accepted = decision, Assigned = person }, cancellation);
    }

    public Task<OperationResult<Transfer>> ReturnAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        ReasonedAsync(actor, id, Side.Receiver, TransferTrigger.Return, "transfer-returned", reason, (transfer, decision) => transfer with { Returned = decision }, cancellation);

    public Task<OperationResult<Transfer>> RecallAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        ReasonedAsync(actor, id, Side.Sender, TransferTrigger.Recall, "transfer-recalled", reason, (transfer, decision) => transfer with { Recalled = decision }, cancellation);

    /// <param name="result">What came of it; sealed.</param>
    public async Task<OperationResult<Transfer>> AnswerAsync(Actor actor, string id, string result, string reason, CancellationToken cancellation)
    {
        if ((Reason.Check(reason) ?? Words("result", result, LongestText, needed: true)) is { } unfit)
        {
            return unfit;
        }

        if (await FindAsync(actor, id, cancellation) is not { } there || there.ToAgency != actor.AgencyId)
        {
            return Refusal.NotFound("transfer", id);
        }

        var item = (await desk.Vault.SealAsync([new SealRequest(id, ResultKind, Encoding.UTF8.GetBytes(result))], cancellation))[0];
        return await StepAsync(actor, id, Side.Receiver, TransferTrigger.Answer, "transfer-answered", reason, (transfer, decision) => transfer with { Answered = decision, ResultItem = item }, cancellation);
    }

    /// <summary>The sender takes note of the result; what came of it in the end is the reason.</summary>
    public Task<OperationResult<Transfer>> TakeNoteAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        ReasonedAsync(actor, id, Side.Sender, TransferTrigger.TakeNote, "transfer-closed", reason, (transfer, decision) => transfer with { Feedback = decision }, cancellation);

    /// <summary>The result does not answer what was asked; the term of the result runs anew.</summary>
    public Task<OperationResult<Transfer>> AskAgainAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        ReasonedAsync(actor, id, Side.Sender, TransferTrigger.AskAgain, "transfer-asked-again", reason, (transfer, decision) => transfer with { ResultDueAt = decision.At + Rules.Of(transfer.Urgency).Result }, cancellation);

    /// <summary>Steps of the overdue ladder that came due. Returns how many were taken.</summary>
    public async Task<int> WorkAsync(int count, CancellationToken cancellation)
    {
        var taken = 0;
        foreach (var due in await desk.Store.TransfersDueAsync(desk.Now, count, cancellation))
        {
            var result = await desk.ActAsync<Transfer>(async token =>
            {
                if (await desk.Store.FindTransferAsync(due.Id, token) is not { NextStepAt: { } at } transfer || at > desk.Now)
                {
                    return Refusal.NotFound("transfer", due.Id);
                }

                if (Rules.NextStep(transfer) is not { } next || next > desk.Now)
                {
                    // The terms were changed meanwhile.
                    var again = Scheduled(transfer);
                    return Decided<Transfer>.To(again, new ChangeSet().Put(again).Log(Actor.System.Log(desk.Now, "transfer-rescheduled", transfer.Id)));
                }

                var step = Rules.Ladder[transfer.Steps];
                var changes = new ChangeSet();
                transfer = await AlertAsync(changes, transfer with { Steps = transfer.Steps + 1 }, step.To, transfer.State == TransferState.Sent ? "Chuyển giao quá hạn tiếp nhận / transfer not received in time" : "Chuyển giao quá hạn trả kết quả / result of a transfer overdue", token);
                transfer = Scheduled(transfer);
                return Decided<Transfer>.To(transfer, changes.Put(transfer).Log(Actor.System.Log(desk.Now, "transfer-overdue", transfer.Id, step.To.ToString().ToLowerInvariant())));
            }, cancellation);
            taken += result is OperationResult<Transfer>.Done ? 1 : 0;
        }

        return taken;
    }

    /// <summary>As the actor may see it; null: not at all.</summary>
    internal async ValueTask<Transfer?> FindAsync(Actor actor, string id, CancellationToken cancellation) =>
        await desk.Store.FindTransferAsync(id, cancellation) is { } transfer && View(actor, transfer) != TransferView.Nothing ? transfer : null;

    internal Transfer Scheduled(Transfer transfer) => transfer with { NextStepAt = Rules.NextStep(transfer) };

    private static TransferView View(Actor actor, Transfer transfer) =>
        actor.Person is null ? TransferView.Facts : TransferSharing.Of(transfer, actor.AgencyId, actor.Kind, IsInspector(actor));

    private static bool IsInspector(Actor actor) => actor.May(Role.Inspector) || actor.Kind == AgencyKind.Inspectorate;

    private bool IsValid(Agency agency) => agency.ValidFrom <= desk.Today && (agency.ValidTo is null || desk.Today <= agency.ValidTo);

    private Task<OperationResult<Transfer>> ReasonedAsync(Actor actor, string id, Side side, TransferTrigger trigger, string act, string reason, Func<Transfer, Decision, Transfer> change, CancellationToken cancellation) =>
        Reason.Check(reason) is { } unfit ? Task.FromResult<OperationResult<Transfer>>(unfit) : StepAsync(actor, id, side, trigger, act, reason, change, cancellation);

    private async Task<OperationResult<Transfer>> StepAsync(Actor actor, string id, Side side, TransferTrigger trigger, string act, string reason, Func<Transfer, Decision, Transfer> change, CancellationToken cancellation)
    {
        if (actor.Needs(Workers) is { } unfit)
        {
            return unfit;
        }

        return await desk.ActAsync<Transfer>(async token =>
        {
            if (await FindAsync(actor, id, token) is not { } transfer)
            {
                return Refusal.NotFound("transfer", id);
            }

            if (actor.AgencyId != (side == Side.Sender ? transfer.FromAgency : transfer.ToAgency))
            {
                return new Refusal(RefusalKind.NotAllowed, "transfer-side", id, side == Side.Sender ? transfer.FromAgency : transfer.ToAgency);
            }

            switch (TransferTable.Instance.Apply(transfer.State, trigger))
            {
                case Transition<TransferState, TransferEffect>.Illegal:
                    return new Refusal(RefusalKind.Conflict, "transfer-state", id, transfer.State.ToString());
                case Transition<TransferState, TransferEffect>.Moved moved:
                    var now = desk.Now;
                    var changes = new ChangeSet().Log(actor.Log(now, act, id, reason));
                    foreach (var alert in transfer.Alerts)
                    {
                        // Somebody of the agency has acted: nobody need be told again.
                        if (await desk.Store.FindMessageAsync(alert, token) is { AcknowledgedBy: null } message)
                        {
                            changes.Put(message with { AcknowledgedBy = actor.Id, DueAt = null });
                        }
                    }

                    transfer = change(transfer, new Decision(actor.Id, now, reason)) with { State = moved.Next, Alerts = [] };
                    transfer = Scheduled(moved.Effects.Count > 0 ? transfer with { Steps = 0 } : transfer);
                    return Decided<Transfer>.To(transfer, changes.Put(transfer));
                default:
                    return Decided<Transfer>.Already(transfer);
            }
        }, cancellation);
    }

    private async Task<Transfer> AlertAsync(ChangeSet changes, Transfer transfer, OverdueTo to, string subject, CancellationToken cancellation)
    {
        var address = to switch
        {
            OverdueTo.Receiver => AddressOf(transfer.ToAgency, transfer.Urgency),
            OverdueTo.Sender => AddressOf(transfer.FromAgency, TransferUrgency.Ordinary),
            OverdueTo.Staff => desk.Configuration.Installation.Smtp.AlertsTo,
        };
        if (address.Length == 0)
        {
            return transfer;
        }

        var changed = changes.Upserts.OfType<NumberSeries>().FirstOrDefault(series => series.Id == Ids.AlertSeries);
        var series = changed ?? await desk.Store.SeriesAsync(Ids.AlertSeries, cancellation);
        series = series with { Last = series.Last + 1 };
        var id = Ids.Alert(series.Last);
        var now = desk.Now;
        changes.Put(series).Put(new OutboxMessage
        {
            Id = id,
            Kind = OutboxKind.Alert,
            OwnerAgency = to == OverdueTo.Receiver ? transfer.ToAgency : transfer.FromAgency,
            CreatedAt = now,
            DueAt = now,
            To = address,
            Subject = $"{subject}: {transfer.Id} ({id})",
            Body = string.Create(CultureInfo.InvariantCulture, $"{transfer.Id}: {transfer.FromAgency} → {transfer.ToAgency}\nHạn / due: {transfer.DueAt?.ToOffset(Desk.LocalOffset):yyyy-MM-dd HH:mm}\n\nMở / open: monitor transfers show {transfer.Id} --as …\n"),
        }).Log(Actor.System.Log(now, "alert-transfer", id, transfer.Id));
        return transfer with { Alerts = [.. transfer.Alerts, id] };
    }

    /// <summary>The agency's mailbox; its duty contact where a child is in danger.</summary>
    private string AddressOf(string agencyId, TransferUrgency urgency) =>
        !desk.Configuration.Agencies.TryGetValue(agencyId, out var agency) ? ""
        : urgency == TransferUrgency.Danger && agency.DutyContact.Length > 0 ? agency.DutyContact
        : agency.Email;

    private static Refusal? Unfit(TransferOrder order)
    {
        if (order.TargetIds.Count > MostTargets)
        {
            return new Refusal(RefusalKind.Invalid, "transfer-targets", MostTargets.ToString(CultureInfo.InvariantCulture));
        }

        if (order.HostCountry.Trim() is { Length: > 0 } country && (country.Length != 2 || !country.All(char.IsAsciiLetter)))
        {
            return new Refusal(RefusalKind.Invalid, "transfer-country", country);
        }

        if (order.Child.CommuneCode is { Length: > 0 } commune && (commune.Length > 10 || !commune.All(char.IsAsciiDigit)))
        {
            return new Refusal(RefusalKind.Invalid, "transfer-commune", commune);
        }

        if (order.Identity is not null && string.IsNullOrWhiteSpace(order.Identity.Name))
        {
            return new Refusal(RefusalKind.Invalid, "transfer-field", "identity.name", "1", LongestField.ToString(CultureInfo.InvariantCulture));
        }

        return Words("clause", order.Clause, LongestField, needed: true)
            ?? Words("from-unit", order.FromUnit, LongestField)
            ?? Words("to-unit", order.ToUnit, LongestField)
            ?? Words("channel", order.IntakeChannel, LongestField)
            ?? Words("summary", order.Text.Summary, LongestText, needed: true)
            ?? Words("requested-output", order.Text.RequestedOutput, LongestText, needed: true)
            ?? Words("actions-taken", order.Text.ActionsTaken, LongestText);
    }

    private static Refusal? Words(string field, string text, int longest, bool needed = false) =>
        text.Length > longest || (needed && string.IsNullOrWhiteSpace(text))
            ? new Refusal(RefusalKind.Invalid, "transfer-field", field, needed ? "1" : "0", longest.ToString(CultureInfo.InvariantCulture))
            : null;

    private enum Side
    {
        Sender,
        Receiver,
    }
}
