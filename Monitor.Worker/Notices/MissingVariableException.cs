namespace Monitor.Worker.Notices;

/// <summary>Thrown through the template engine only; <see cref="NoticeTemplates"/> turns it into an outcome.</summary>
internal sealed class MissingVariableException(string path) : Exception($"there is no variable '{path}'")
{
    public string Path { get; } = path;
}
