using LiteDB;

namespace Monitor.Worker.LiteStore;

/// <summary>One step from a format to the next one. Forward only; a step and the new format number commit together.</summary>
internal sealed record StoreMigration(int From, Action<LiteDatabase> Apply)
{
    /// <summary>Steps in the order of <see cref="From"/>; format 1 is the first there was.</summary>
    public static IReadOnlyList<StoreMigration> All { get; } = [];
}
