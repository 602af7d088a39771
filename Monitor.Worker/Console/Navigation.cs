using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console;

/// <summary>A room of the console as the rail shows it.</summary>
/// <param name="Word">Key of its name in the resource files.</param>
/// <param name="Key">Single key that leads there.</param>
/// <param name="Roles">Who is shown it; empty: everybody. What somebody may do there the operations decide.</param>
internal sealed record Room(string Path, string Word, string Key, params IReadOnlyList<Role> Roles);

internal static class Navigation
{
    private static readonly Room[] Rooms =
    [
        new("/", "nav.home", "0"),
        new("/triage", "nav.triage", "1", Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector),
        new("/board", "board.nav", "3", Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector),
        new("/inbox", "inbox.nav", "4", Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector),
        new("/intake", "intake.nav", "5", Role.Intake, Role.Analyst),
        new("/custody", "custody.nav", "6", Role.Inspector),
        new("/accounts", "nav.accounts", "9", Role.Administrator),
    ];

    public static IEnumerable<Room> For(Actor actor) => Rooms.Where(room => room.Roles.Count == 0 || actor.Needs(room.Roles) is null);

    public static bool IsIn(string path, Room room) => room.Path == "/" ? path == "/" : path == room.Path || path.StartsWith(room.Path + "/", StringComparison.Ordinal);
}
