//! A window with the UI's libraries and nothing else: what the desk's start and memory are held against.

fn main() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!("examples/bare/tauri.conf.json")) {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{error}\n").as_bytes());
    }
}
