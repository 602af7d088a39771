using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Custody;
using Monitor.Rules.Transfers;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>monitor.yaml, "transfers" and "transfer-peers".</summary>
internal static partial class MonitorFile
{
    private static readonly Shape<TimeSpan> UpToATransferYear = Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));

    private static bool Transfers(YamlNode node, BindingContext context, out TransferRules? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        TransferRules defaults = new();
        value = new TransferRules
        {
            Ordinary = keys.Optional<TransferTerms?>("ordinary", Terms, defaults.Ordinary) ?? defaults.Ordinary,
            Urgent = keys.Optional<TransferTerms?>("urgent", Terms, defaults.Urgent) ?? defaults.Urgent,
            Danger = keys.Optional<TransferTerms?>("danger", Terms, defaults.Danger) ?? defaults.Danger,
            Ladder = keys.Optional("ladder", Shapes.ListOf<OverdueStep>(Step), defaults.Ladder),
        };
        if (value.Ladder.Zip(value.Ladder.Skip(1)).Any(pair => pair.First.After > pair.Second.After))
            keys.Fail("ladder", ProblemCodes.WrongType, new("các bậc phải theo thứ tự thời gian", "the steps must be in order of time"));
        return keys.Finish();
    }

    private static bool Terms(YamlNode node, BindingContext context, out TransferTerms? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        TimeSpan receipt = keys.Required("receipt", UpToATransferYear);
        TimeSpan result = keys.Required("result", UpToATransferYear);
        value = new TransferTerms(receipt, result);
        return keys.Finish();
    }

    private static bool Step(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out OverdueStep value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        TimeSpan after = keys.Required("after", Shapes.Duration(TimeSpan.Zero, TimeSpan.FromDays(366)));
        OverdueTo to = keys.Required<OverdueTo>("to", Shapes.OneOf);
        value = new OverdueStep(after, to);
        return keys.Finish();
    }

    private static bool Peer(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out TransferPeer value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? agency = keys.Required("agency", Shapes.ReferenceTo(ReferenceKind.Agency));
        NoteKey? key = keys.Required<NoteKey>("key", PeerKey);
        if (!keys.Finish())
            return false;
        value = new TransferPeer(agency!, key!);
        return true;
    }

    private static bool PeerKey(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out NoteKey value)
    {
        if (NoteKey.TryParse((node as YamlText)?.Value, out value) && value.Type == NoteKey.Ed25519)
            return true;
        value = null;
        context.Complain(node, ProblemCodes.WrongType, new("không phải khoá công khai của hệ thống bên kia", "not the other installation's public key"), new("dòng do monitor custody vkey in ra ở bên đó: tên+id+khoá", "the line that monitor custody vkey prints there: name+id+key"));
        return false;
    }
}
