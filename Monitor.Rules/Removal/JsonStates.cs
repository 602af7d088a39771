using System.Text;
using System.Text.Json;

namespace Monitor.Rules.Removal;

/// <summary>What an API's answer or a page's embedded data say of the item: names of states, flags, and whether there is content.</summary>
internal sealed record JsonStates
{
    private const int MaxTokens = 20_000;
    private const int MaxDepth = 32;
    private const int MaxStateLength = 200;

    public NoticeKinds Kinds { get; private init; }

    /// <summary>Values that are content: titles, texts, names, addresses of media.</summary>
    public int ContentValues { get; private init; }

    public bool Readable { get; private init; }

    /// <summary>A sentence says that a user, member or channel does not exist.</summary>
    public bool NamesMissingAccount { get; private init; }

    /// <summary>Bounded, never throws: what cannot be read as JSON has no states.</summary>
    public static JsonStates Of(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        var kinds = NoticeKinds.None;
        var content = 0;
        var account = false;
        var key = "";
        try
        {
            for (var tokens = 0; tokens < MaxTokens && reader.Read(); tokens++)
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        key = reader.ValueSpan.Length <= 64 ? reader.GetString() ?? "" : "";
                        break;
                    case JsonTokenType.String:
                        var value = reader.ValueSpan.Length <= 4096 ? reader.GetString() ?? "" : "long";
                        var said = KindsOf(key, value);
                        kinds |= said;
                        account |= (said & NoticeKinds.Missing) != 0 && value.Contains(' ', StringComparison.Ordinal) && NamesAccount(value);
                        content += said == NoticeKinds.None && IsContent(key, value) ? 1 : 0;
                        break;
                    case JsonTokenType.True or JsonTokenType.False:
                        kinds |= FlagOf(key, reader.TokenType == JsonTokenType.True);
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new JsonStates();
        }

        return new JsonStates { Kinds = kinds, ContentValues = content, Readable = true, NamesMissingAccount = account };
    }

    /// <summary>What a state's name says, when the key is one that holds states.</summary>
    public static NoticeKinds KindsOf(string key, string value)
    {
        if (value.Length is 0 or > MaxStateLength)
        {
            return NoticeKinds.None;
        }

        var words = Words(key);
        if (!(words.Contains("reason", StringComparison.Ordinal) || words.Contains("error", StringComparison.Ordinal) || words.Contains("code", StringComparison.Ordinal) || words.Contains("status", StringComparison.Ordinal)
            || words is "state" or "message" or "typename" or "detail" or "msg" or "availability" or "privacy" or "visibility" or "title" or "type"))
        {
            return NoticeKinds.None;
        }

        var isName = !value.Contains(' ', StringComparison.Ordinal);
        if (words is "type" or "title" && !isName)
        {
            return NoticeKinds.None;
        }

        if (value.Length == 3 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            // Only where the page's own framework says how it would have answered.
            return words == "status code" && value is "404" or "410" ? NoticeKinds.Numeral : NoticeKinds.None;
        }

        var kinds = NoticeKinds.None;
        if (isName)
        {
            new NoticeReader(RemovalPhrases.Codes).Read(Words(value), sentence => kinds |= sentence.Kinds);
        }
        else
        {
            new NoticeReader(RemovalPhrases.Trie).Read(value, sentence => kinds |= sentence.IsNotice ? sentence.Kinds : NoticeKinds.None);
        }

        return kinds;
    }

    private static bool NamesAccount(string value)
    {
        var hints = NoticeHints.None;
        new NoticeReader(RemovalPhrases.Trie).Read(value, sentence => hints |= sentence.Hints);
        return (hints & NoticeHints.Account) != 0;
    }

    private static NoticeKinds FlagOf(string key, bool value) => (Words(key), value) switch
    {
        ("deleted" or "is deleted" or "removed" or "is removed" or "has been deleted" or "tombstone", true) => NoticeKinds.Removed,
        ("suspended" or "is suspended" or "banned" or "is banned", true) => NoticeKinds.Suspended,
        ("private" or "is private" or "protected" or "is protected", true) => NoticeKinds.Private,
        ("login required" or "requires login" or "require login", true) => NoticeKinds.Login,
        ("geo blocked" or "is geo blocked" or "geoblocked", true) => NoticeKinds.Geo,
        ("age restricted" or "is age restricted", true) => NoticeKinds.Age,
        ("exists" or "exist" or "found", false) => NoticeKinds.Missing,
        _ => NoticeKinds.None,
    };

    private static bool IsContent(string key, string value) => value.Length > 0
        && Words(key) is "title" or "text" or "content" or "body" or "name" or "description" or "caption" or "url" or "html" or "author" or "author name" or "thumbnail url" or "username" or "full text" or "selftext" or "full name" or "display name" or "provider name" or "bio";

    /// <summary>"reasonCode" → "reason code", "NOT_FOUND" → "not found".</summary>
    private static string Words(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && char.IsUpper(name[i - 1]))))
            {
                text.Append(' ');
            }

            text.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
