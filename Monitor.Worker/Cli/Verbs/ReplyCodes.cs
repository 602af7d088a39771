using Monitor.Rules.Replies;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>What a platform can answer, in the words of the command line.</summary>
internal static class ReplyCodes
{
    public static readonly string[] All = [.. Enum.GetValues<ReplyCode>().Select(CodeName.Of)];

    public static bool TryRead(string text, out ReplyCode code)
    {
        var at = Array.IndexOf(All, text);
        code = at >= 0 ? Enum.GetValues<ReplyCode>()[at] : default;
        return at >= 0;
    }
}
