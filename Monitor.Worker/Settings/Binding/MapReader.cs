using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Binding;

/// <summary>
/// Takes the keys of one mapping, each once. What was asked for is the schema: <see cref="Finish"/> reports every key that
/// nobody asked for. A fault makes the whole mapping unusable (<see cref="Failed"/>) but never stops the reading.
/// </summary>
internal sealed class MapReader(BindingContext context, YamlMap map)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlEntry> _entries = map.Entries.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);

    public bool Failed { get; private set; }

    public BindingContext Context => context;

    public YamlNode Node => map;

    /// <returns>The value, or default after the reason was reported.</returns>
    public T? Required<T>(string key, Shape<T> shape)
    {
        _known.Add(key);
        switch (Find(key))
        {
            case null:
                Failed = true;
                context.File.Report(
                    map.Span,
                    ProblemCodes.MissingKey,
                    new($"thiếu khoá bắt buộc '{key}'", $"required key '{key}' is missing"),
                    suggestion: null);
                return default;
            case { Value: YamlText { IsAbsent: true } } entry:
                Failed = true;
                context.File.Report(
                    entry.Key.Span,
                    ProblemCodes.EmptyText,
                    new($"khoá '{key}' chưa có giá trị", $"key '{key}' has no value"));
                return default;
            case { } entry:
                return Read(entry.Value, shape, out T? value) ? value : default;
        }
    }

    /// <returns>The value; <paramref name="otherwise"/> when the key is not there, has no value, or a fault was reported.</returns>
    public T Optional<T>(string key, Shape<T> shape, T otherwise)
    {
        _known.Add(key);
        return Find(key) is { Value: not YamlText { IsAbsent: true } } entry && Read(entry.Value, shape, out T? value) ? value! : otherwise;
    }

    /// <summary>The place of a key's value, for a fault that only shows later; the mapping's own place when it is not there.</summary>
    public SourceSpan SpanOf(string key) => Find(key)?.Value.Span ?? map.Span;

    public YamlNode? NodeOf(string key) => Find(key)?.Value;

    /// <summary>For a fault that was reported elsewhere.</summary>
    public void MarkFailed() => Failed = true;

    /// <summary>A fault that concerns several keys.</summary>
    public void Fail(string key, string code, BilingualText message, BilingualText? expected = null, string? suggestion = null)
    {
        Failed = true;
        context.File.Report(SpanOf(key), code, message, expected, suggestion);
    }

    /// <summary>Reports every key that was not asked for.</summary>
    /// <returns>True when the mapping can be used.</returns>
    public bool Finish()
    {
        BilingualText? expected = Expectations.OneOf([.. _known.Order(StringComparer.Ordinal)]);
        string[] free = [.. _known.Where(known => Find(known) is null)];
        foreach (YamlEntry entry in map.Entries)
        {
            string key = entry.Key.Value;
            if (_known.Contains(key))
                continue;
            Failed = true;
            if (SecretKeys.Contains(key))
            {
                context.File.Report(
                    entry.Key.Span,
                    ProblemCodes.SecretInFile,
                    new("mật khẩu và bí mật không được ghi trong tệp cấu hình", "passwords and secrets do not belong in the configuration"),
                    new(
                        "'password-variable: TÊN_BIẾN' (biến môi trường) hoặc 'password-file: ĐƯỜNG_DẪN' (tệp chỉ dịch vụ đọc được)",
                        "'password-variable: NAME' (an environment variable) or 'password-file: PATH' (a file that only the service can read)"),
                    secret: true);
                continue;
            }

            context.File.Report(
                entry.Key.Span,
                ProblemCodes.UnknownKey,
                new($"không có khoá '{YamlFileReader.Shorten(key)}' ở đây", $"there is no key '{YamlFileReader.Shorten(key)}' here"),
                expected,
                Suggestion.For(key, free));
        }

        return !Failed;
    }

    private bool Read<T>(YamlNode node, Shape<T> shape, out T? value)
    {
        if (shape(node, context, out value))
            return true;
        Failed = true;
        return false;
    }

    private YamlEntry? Find(string key) => _entries.GetValueOrDefault(key);
}
