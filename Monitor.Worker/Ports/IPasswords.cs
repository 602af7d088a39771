namespace Monitor.Worker.Ports;

/// <summary>Slow, salted password hashes.</summary>
public interface IPasswords
{
    string Hash(string password);

    PasswordCheck Verify(string hash, string password);
}

public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, but written in a weaker form than today's: hash it anew.</summary>
    RightOutdated,
}
