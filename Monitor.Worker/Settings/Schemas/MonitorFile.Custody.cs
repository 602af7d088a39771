using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Custody;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>monitor.yaml, "custody".</summary>
internal static partial class MonitorFile
{
    private static bool Custody(YamlNode node, BindingContext context, out CustodySettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        CustodySettings defaults = new();
        value = new CustodySettings
        {
            Origin = keys.Optional<string>("origin", LogName, ""),
            CheckpointEvery = keys.Optional("checkpoint-every", Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), defaults.CheckpointEvery),
            CheckpointDirectory = keys.Optional<string>("checkpoint-directory", Shapes.TextOrEmpty, ""),
            TsaUrl = keys.Optional<string>("tsa-url", HttpAddress, ""),
            TsaRoots = keys.Optional<string>("tsa-roots", Shapes.TextOrEmpty, ""),
            TsaTimeout = keys.Optional("tsa-timeout", Shapes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)), defaults.TsaTimeout),
            Witnesses = keys.Optional("witnesses", Shapes.ListOf<NoteKey>(WitnessKey), []),
        };
        return keys.Finish();
    }

    private static bool LogName(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = node is YamlText text ? text.Value : null;
        if (value is "" || (value is not null && NoteKey.IsName(value)))
            return true;
        context.Complain(node, ProblemCodes.WrongType, new("không phải tên nhật ký", "not the name of a log"), new("một tên không có khoảng trắng và dấu +, như so-mau.example/monitor", "a name without spaces and plus signs such as so-mau.example/monitor"));
        return false;
    }

    /// <summary>Plain http is usual for time stamps: the answer is signed.</summary>
    private static bool HttpAddress(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = node is YamlText text ? text.Value : null;
        if (value is "" || (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
            return true;
        context.Complain(node, ProblemCodes.BadUrl, new("không phải địa chỉ http(s)", "not an http(s) address"), new("địa chỉ như http://tsa.example/tsr", "an address such as http://tsa.example/tsr"));
        return false;
    }

    private static bool WitnessKey(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out NoteKey value)
    {
        if (NoteKey.TryParse((node as YamlText)?.Value, out value) && value.Type == NoteKey.Cosignature)
            return true;
        value = null;
        context.Complain(node, ProblemCodes.WrongType, new("không phải khoá công khai của người chứng kiến", "not a witness's public key"), new("dòng do monitor custody cosign in ra: tên+id+khoá (loại 4, cosignature/v1)", "the line that monitor custody cosign prints: name+id+key (type 4, cosignature/v1)"));
        return false;
    }
}
