using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Yaml;

/// <summary>What a YAML file says, with the place it says it. Plain values: nothing in here can refer to anything else.</summary>
internal abstract record YamlNode(SourceSpan Span);

/// <param name="Quoted">Written in quotes or as a block: an empty one is an empty text, not an absent value.</param>
internal sealed record YamlText(SourceSpan Span, string Value, bool Quoted) : YamlNode(Span)
{
    /// <summary>Nothing after the colon, or one of YAML's words for nothing.</summary>
    public bool IsAbsent => !Quoted && Value is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(SourceSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span);

/// <summary>Keys are unique: a repeated one was reported and dropped.</summary>
internal sealed record YamlMap(SourceSpan Span, IReadOnlyList<YamlEntry> Entries) : YamlNode(Span);

internal sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>Stands where something was already reported, so that reading can go on and find the other problems. Nothing complains of it again.</summary>
internal sealed record YamlRefused(SourceSpan Span) : YamlNode(Span);
