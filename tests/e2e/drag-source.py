"""A window of another program: it offers one file to whatever it is dragged to, says how far it came, and ends."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

uri = Gio.File.new_for_path(sys.argv[1]).get_uri()


def say(word):
    print(word, flush=True)


def ended(*_):
    say("dropped")
    Gtk.main_quit()


window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(120, 60)
area = Gtk.EventBox()
area.add(Gtk.Label(label="bill.png"))
window.add(area)
area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
area.drag_source_add_uri_targets()
area.connect("drag-begin", lambda *_: say("dragging"))
area.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris([uri]))
area.connect("drag-end", ended)
window.move(0, 0)
window.show_all()
GLib.idle_add(say, "shown")
Gtk.main()
