using System.CommandLine;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Accounts of the console.</summary>
public static class UserVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var person = new Argument<string>("person");
        var reason = new Option<string>("--reason") { Description = verbs.Say("lý do", "the reason") };
        return verbs.Group("users", "Tài khoản của trang làm việc", "Accounts of the console",
            verbs.Read("list", "Ai có tài khoản", "Who has an account", [], async (house, _, _, token) =>
            {
                var accounts = (await house.Store.ListAccountsAsync(token)).ToDictionary(account => account.Id, StringComparer.Ordinal);
                var people = house.Desk.Configuration.People.Values.OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
                if (verbs.Context.Json)
                {
                    foreach (var one in people)
                    {
                        var account = accounts.GetValueOrDefault(one.Id);
                        verbs.Context.Line(new { person = one.Id, agency = one.AgencyId, roles = one.Roles, state = State(account, house.Desk.Now), secondFactor = account?.CodeSecret is not null, lastSignInAt = account?.LastSignInAt });
                    }

                    return ExitCodes.Done;
                }

                verbs.Context.Table(
                    [verbs.Say("Người", "Person"), verbs.Say("Cơ quan", "Agency"), verbs.Say("Tài khoản", "Account"), verbs.Say("Hai lớp", "Second factor"), verbs.Say("Đăng nhập gần nhất", "Last sign-in")],
                    people.Select(one => (IReadOnlyList<string>)[one.Id, one.AgencyId, Word(verbs, State(accounts.GetValueOrDefault(one.Id), house.Desk.Now)), accounts.GetValueOrDefault(one.Id)?.CodeSecret is null ? "–" : verbs.Say("có", "yes"), Times.Local(accounts.GetValueOrDefault(one.Id)?.LastSignInAt)]));
                return ExitCodes.Done;
            }),
            verbs.Act("invite", "Cấp liên kết dùng một lần để đặt mật khẩu", "Give a one-time link to choose a password with", [person], async (house, actor, parsed, token) =>
                verbs.End(await house.Accounts.InviteAsync(actor, parsed.GetValue(person)!, token), invitation =>
                {
                    var path = $"{house.Desk.Configuration.Installation.Console.PublicUrl}/setup/{invitation.Token}";
                    verbs.Context.Tell(
                        new { person = invitation.Account.Id, path, until = invitation.Account.InviteUntil },
                        $"Liên kết của {invitation.Account.Id}, dùng một lần, đến {Times.Local(invitation.Account.InviteUntil)}: {path}",
                        $"Link of {invitation.Account.Id}, for one use, until {Times.Local(invitation.Account.InviteUntil)}: {path}");
                })),
            verbs.Act("disable", "Khoá tài khoản và kết thúc các phiên", "Close an account and end its sessions", [person, reason], async (house, actor, parsed, token) =>
                verbs.End(await house.Accounts.DisableAsync(actor, parsed.GetValue(person)!, parsed.GetValue(reason) ?? "", token), account =>
                    verbs.Context.Tell(new { person = account.Id, disabled = true }, $"{account.Id}: đã khoá", $"{account.Id}: closed"))));
    }

    private static string State(Account? account, DateTimeOffset now) => account switch
    {
        null => "none",
        { Disabled: not null } => "disabled",
        { LockedUntil: { } until } when until > now => "locked",
        { PasswordHash: null } => "invited",
        _ => "open",
    };

    private static string Word(VerbSet verbs, string state) => state switch
    {
        "none" => verbs.Say("chưa có", "none"),
        "disabled" => verbs.Say("đã khoá", "closed"),
        "locked" => verbs.Say("tạm khoá", "locked"),
        "invited" => verbs.Say("đã cấp liên kết", "invited"),
        _ => verbs.Say("đang dùng", "in use"),
    };
}
