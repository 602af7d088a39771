namespace Monitor.Worker.Diagnostics;

/// <summary>Whoever speaks to a person: the command line, a page of the console.</summary>
public interface ISpeaker
{
    Language Language { get; }
}

public static class Speech
{
    public static string Say(this ISpeaker speaker, string vietnamese, string english) => speaker.Language == Language.English ? english : vietnamese;
}
