using System.Diagnostics.CodeAnalysis;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Binding;

/// <summary>Reads one kind of value from a node, or reports what is wrong with it and returns false.</summary>
internal delegate bool Shape<T>(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out T value);
