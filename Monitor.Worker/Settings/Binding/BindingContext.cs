using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Binding;

/// <summary>What the binding of one file needs: the file to point into, the ids known over all files, and the day.</summary>
/// <param name="Today">In Việt Nam.</param>
internal sealed record BindingContext(SourceFile File, ReferenceTable References, DateOnly Today)
{
    /// <returns>A reader of the node's keys, or null after "not a mapping" was reported.</returns>
    public MapReader? Map(YamlNode node)
    {
        if (node is YamlMap map)
            return new MapReader(this, map);
        Complain(node, ProblemCodes.WrongType, new("ở đây cần một nhóm khoá", "a group of keys is needed here"), Expectations.Map);
        return null;
    }

    /// <summary>Reports at a node; silent for what was already reported.</summary>
    public void Complain(YamlNode node, string code, BilingualText message, BilingualText? expected = null, string? suggestion = null, bool secret = false)
    {
        if (node is not YamlRefused)
            File.Report(node.Span, code, message, expected, suggestion, secret: secret);
    }
}
