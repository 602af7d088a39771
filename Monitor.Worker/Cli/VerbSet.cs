using System.CommandLine;
using Monitor.Rules.Sharing;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli;

/// <summary>Helps verbs to be made: common options applied, a house found or forwarded to, the acting person resolved.</summary>
public sealed class VerbSet(CliContext context)
{
    public CliContext Context => context;

    public string Say(string vietnamese, string english) => context.Say(vietnamese, english);

    public Command Group(string name, string vietnamese, string english, params IEnumerable<Command> commands)
    {
        var group = new Command(name, Say(vietnamese, english));
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }

    /// <summary>A verb that needs no store: it runs where it is called.</summary>
    public Command Plain(string name, string vietnamese, string english, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> body)
    {
        var command = Make(name, vietnamese, english, symbols);
        command.SetAction((parsed, token) =>
        {
            Apply(parsed);
            return body(parsed, token);
        });
        return command;
    }

    /// <summary>A verb on the store: it runs in the owner of the data directory, which may be another process.</summary>
    public Command Stateful(string name, string vietnamese, string english, IEnumerable<Symbol> symbols, Func<House, ParseResult, CancellationToken, Task<int>> body) =>
        OnStore(name, vietnamese, english, symbols, onlyReads: false, body);

    private Command OnStore(string name, string vietnamese, string english, IEnumerable<Symbol> symbols, bool onlyReads, Func<House, ParseResult, CancellationToken, Task<int>> body)
    {
        var command = Make(name, vietnamese, english, symbols);
        command.SetAction(async (parsed, token) =>
        {
            Apply(parsed);
            context.OnlyReads = onlyReads;
            return await Owner.RunAsync(context, house => body(house, parsed, token), token);
        });
        return command;
    }

    /// <summary>A verb on the store that a named person answers for.</summary>
    public Command Act(string name, string vietnamese, string english, IEnumerable<Symbol> symbols, Func<House, Actor, ParseResult, CancellationToken, Task<int>> body) =>
        Stateful(name, vietnamese, english, symbols, (house, parsed, token) => AsActor(house, body, parsed, token));

    /// <summary>Reading verbs work without a name, as somebody of no agency who may see all: the operating system guards the directory.</summary>
    public Command Read(string name, string vietnamese, string english, IEnumerable<Symbol> symbols, Func<House, Actor, ParseResult, CancellationToken, Task<int>> body) =>
        OnStore(name, vietnamese, english, symbols, onlyReads: true, (house, parsed, token) =>
            context.User is null ? body(house, Actor.System, parsed, token) : AsActor(house, body, parsed, token));

    private Task<int> AsActor(House house, Func<House, Actor, ParseResult, CancellationToken, Task<int>> body, ParseResult parsed, CancellationToken token) =>
        Actor.Resolve(context.User, house.Desk.Configuration, house.Desk.Today) switch
        {
            OperationResult<Actor>.Done done => body(house, done.Value, parsed, token),
            OperationResult<Actor>.Refused refused => Task.FromResult(context.Refuse(refused.Refusal)),
            _ => throw new InvalidOperationException("unknown result"),
        };

    /// <summary>Maps an operation's end to output and exit code.</summary>
    public int End<T>(OperationResult<T> result, Action<T> tell)
    {
        switch (result)
        {
            case OperationResult<T>.Done done:
                tell(done.Value);
                return ExitCodes.Done;
            case OperationResult<T>.Refused refused:
                return context.Refuse(refused.Refusal);
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    public void Apply(ParseResult parsed)
    {
        context.Json = parsed.GetValue(CommonOptions.Json);
        context.Language = parsed.GetValue(CommonOptions.Lang) == "en" ? Language.English : Language.Vietnamese;
        context.ConfigDirectory = context.PathOf(parsed.GetValue(CommonOptions.Config)!);
        context.DataDirectory = context.PathOf(parsed.GetValue(CommonOptions.Data)!);
        context.User = parsed.GetValue(CommonOptions.As) ?? context.DefaultUser;
    }

    private Command Make(string name, string vietnamese, string english, IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, Say(vietnamese, english));
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
            }
        }

        return command;
    }
}
