using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>
/// Repeatable choices (SplitMix64). Not System.Random: committed sample files depend on every draw, so the sequence must not
/// change with a runtime. Each purpose takes its own dice by name, so a draw added in one place moves nothing elsewhere.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    public static Dice For(int seed, string purpose)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(purpose))
            hash = (hash ^ octet) * 1099511628211UL;
        return new Dice(hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL));
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public bool Coin() => (Next() & 1) == 1;

    public T Pick<T>(IReadOnlyList<T> items) => items[Between(0, items.Count - 1)];

    public List<T> Shuffle<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Between(0, i);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }

    public string Id(int length, string alphabet = "abcdefghjkmnpqrstuvwxyz23456789")
    {
        var id = new char[length];
        for (var i = 0; i < length; i++)
            id[i] = alphabet[Between(0, alphabet.Length - 1)];
        return new string(id);
    }
}
