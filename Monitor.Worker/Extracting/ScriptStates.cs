namespace Monitor.Worker.Extracting;

/// <summary>
/// States that data in scripts name ("reason":"…"): for pages whose text a script would write. A few values of a few keys, by search and not by parsing,
/// for scripts hold JSON in many wrappings.
/// </summary>
internal static class ScriptStates
{
    private const int MaxScript = 512 * 1024;
    private const int MaxPerKey = 3;
    private const int MaxValue = 160;

    private static readonly string[] Keys = ["reason", "reasonCode", "errorCode", "error_code", "__typename", "status", "statusMsg", "statusCode", "state", "availability", "privacy", "unavailableReason", "errorReason"];

    private static readonly string[] Quoted = [.. Keys.Select(static key => $"\"{key}\"")];

    public static void Read(string script, Action<string, string> fact)
    {
        ReadOnlySpan<char> text = script.AsSpan(0, Math.Min(script.Length, MaxScript));
        for (int key = 0; key < Keys.Length; key++)
        {
            int from = 0;
            for (int found = 0; found < MaxPerKey; found++)
            {
                int at = text[from..].IndexOf(Quoted[key], StringComparison.Ordinal);
                if (at < 0)
                    break;

                from += at + Quoted[key].Length;
                if (Value(text[from..]) is { Length: > 0 } value)
                    fact(found == 0 ? "state:" + Keys[key] : $"state:{Keys[key]}{found + 1}", value);
            }
        }
    }

    /// <summary>The string after a colon, or null.</summary>
    private static string? Value(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, MaxValue + 8)].TrimStart();
        if (rest.Length < 3 || rest[0] != ':')
            return null;

        rest = rest[1..].TrimStart();
        if (rest.Length >= 4 && rest[..3].IndexOfAnyExceptInRange('0', '9') < 0 && !char.IsAsciiLetterOrDigit(rest[3]) && rest[3] != '.')
            return rest[..3].ToString();
        if (rest.Length < 2 || rest[0] != '"')
            return null;

        int end = rest[1..].IndexOf('"');
        return end is > 0 and <= MaxValue && !rest.Slice(1, end).Contains('\\') ? rest.Slice(1, end).ToString() : null;
    }
}
