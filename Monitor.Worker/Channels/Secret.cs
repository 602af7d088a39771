namespace Monitor.Worker.Channels;

/// <summary>A password, key or client secret. It prints as nothing but "***": it cannot get into a log by accident.</summary>
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The secret itself; only for the one place that hands it to a peer.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
