"""Words that people type for commands that are called otherwise here, as in other programs. Found where
nothing fits better.
"""

from __future__ import annotations

from collections.abc import Mapping

OTHER_WORDS: Mapping[str, str] = {
    "edit.copy": "clipboard nodes ctrl+c",
    "edit.copy_python": "code source program notebook jupyter",
    "edit.cut": "ctrl+x clipboard",
    "edit.delete": (
        "remove clear erase disconnect node edge cut connection wire arrow link selection canvas all del"
    ),
    "edit.duplicate": "clone copy nodes",
    "edit.find": "search node locate look for go to ctrl+f name",
    "edit.go_to_source": "follow edge trace jump",
    "edit.go_to_target": "follow edge trace jump",
    "edit.next_edge": "follow",
    "edit.paste": "ctrl+v clipboard insert formula",
    "edit.redo": "repeat ctrl+y ctrl y cmd again",
    "edit.rename": "change name label node title variable relabel",
    "edit.select_all": "everything nodes deselect none unselect",
    "edit.select_downstream": "descendants children dependents",
    "edit.select_upstream": "ancestors parents dependencies inputs",
    "edit.set_output": "set output root loss result final mark end",
    "edit.undo": "revert history ctrl+z ctrl z cmd+z back take mistake",
    "file.close": "tab document",
    "file.copy_picture": "image clipboard screenshot",
    "file.copy_svg": "image vector clipboard graphic",
    "file.export": (
        "export save as a picture image png svg pdf print screenshot share figure tikz html page "
        "download jpg jpeg webp embed website web send friend email mail publish latex word "
        "powerpoint poster vector graphic"
    ),
    "file.export_animation": "video gif mp4 movie animate record recording webp",
    "file.export_derivation": "latex markdown sheet copy equations math html formula tex pdf homework",
    "file.export_program": (
        "source code python pytorch jax numpy generate script keras tensorflow notebook jupyter ipynb colab"
    ),
    "file.from_text": "formula equation expression type enter write math paste latex",
    "file.new": "document file graph clear canvas blank empty start over reset all",
    "file.new_window": "tab duplicate document",
    "file.open": "import load open recent graph document json browse revert saved",
    "file.quit": "exit leave close program app",
    "file.save": "save all autosave store write backup back up document download",
    "file.save_as": "download copy rename document",
    "file.welcome": (
        "home start examples templates recent tutorial lessons getting started begin introduction "
        "gallery demo sample"
    ),
    "graph.add": (
        "create new insert node operation input variable constant number parameter activation "
        "function block plus weight bias leaf relu tanh"
    ),
    "graph.add_bend": "waypoint curve corner knot reroute route",
    "graph.align_bottom": "align nodes line up",
    "graph.align_centre": "align nodes line up",
    "graph.align_left": "align nodes line up straighten",
    "graph.align_middle": "align nodes line up",
    "graph.align_right": "align nodes line up",
    "graph.align_top": "align nodes line up",
    "graph.collapse": "fold unfold minimise minimize hide open close group",
    "graph.colour_vermilion": "red",
    "graph.connect": "add draw new edge wire link nodes arrow line join",
    "graph.connect_input": "draw edge line wire link arrow join",
    "graph.distribute_horizontally": "space spacing evenly equal nodes",
    "graph.distribute_vertically": "space spacing evenly equal nodes",
    "graph.exchange_leaves": (
        "turn convert change constant to input variable parameter trainable leaf number freeze lock "
        "weight make fixed type requires_grad stop gradient detach no_grad"
    ),
    "graph.group": "group nodes cluster frame box merge combine subgraph block",
    "graph.insert": "between edge middle add node",
    "graph.insert_layer": "add hidden dense linear fully connected",
    "graph.insert_mlp": (
        "neural network perceptron dense model loss function weights add hidden layers random "
        "initialise deep feedforward classifier cross entropy mse"
    ),
    "graph.insert_neuron": "add perceptron unit",
    "graph.layout": (
        "tidy auto layout autolayout clean up organize organise vertical horizontal move nodes "
        "arrange sort untangle rearrange position beautify"
    ),
    "graph.mute": "disable bypass skip deactivate ignore freeze lock node operation dropout detach",
    "graph.note": "comment text sticky annotation write label add remark explanation caption note",
    "graph.reroute_from": "reroute rewire move edge change source swap inputs exchange reconnect",
    "graph.reroute_to": "reroute rewire move edge change target swap inputs exchange reconnect",
    "graph.top_to_bottom": "vertical layout top down orientation direction rotate flip left to right",
    "graph.ungroup": "split dissolve break apart",
    "help.about": "licence license version update credits bug report feedback language contact",
    "help.guide": "manual documentation docs help tutorial getting started how search faq questions support",
    "help.here": "explain context what is this",
    "help.lesson_close": "leave quit tutorial",
    "help.open_lesson": "lesson tutorial course exercise",
    "help.shortcuts": (
        "shortcuts hotkeys keys keybindings bindings settings preferences options language configure "
        "customise change mouse gestures controls panel"
    ),
    "pass.backward_again": (
        "accumulate retain graph retain_graph backprop backpropagation run backward pass compute "
        "gradients twice"
    ),
    "pass.faster": "speed up animation quick playback",
    "pass.forward_mode": "jvp tangent dual jacobian derivative directional",
    "pass.hint": "give help stuck tip clue",
    "pass.keep_on_inputs": "leaf leaves grad",
    "pass.play": (
        "run start animate animation backprop backpropagation forward pass resume backward loss pause "
        "stop backpropagate compute calculate gradients evaluate execute autoplay go loop "
        "differentiate derivative"
    ),
    "pass.predict": (
        "quiz test me exercise question practice practise learn guess game fill in check understanding"
    ),
    "pass.show_answer": "solution solve give up reveal",
    "pass.slower": "speed slow down motion animation playback",
    "pass.step": "next step over single continue",
    "pass.step_back": "previous step backward backwards last",
    "pass.to_end": "go to last skip finish result step complete all gradients",
    "pass.to_start": "restart rewind reset first beginning over step start",
    "pass.zero_gradients": "zero_grad zero grad reset clear gradients optimizer",
    "train.earlier_step": "back time travel previous",
    "train.generate_data": (
        "toy data dataset moons circles spirals xor random synthetic make_moons samples create new"
    ),
    "train.go_on": "continue resume training branch compare runs",
    "train.keep": "save apply accept weights parameters values result checkpoint",
    "train.later_step": "forward time travel next",
    "train.leave_gaps_out": "missing values drop na nan empty dropna",
    "train.load_table": (
        "import csv parquet data set dataset excel spreadsheet xlsx tsv open table upload iris mnist file"
    ),
    "train.one_hot": "dummy variables encode categorical classes categories",
    "train.restore": "undo training reset weights parameters discard cancel revert",
    "train.run": (
        "fit train training start optimise optimize optimizer optimiser learn epochs model gradient "
        "descent adam play do network neural"
    ),
    "train.save_data": "export data csv table download",
    "train.save_run": "export loss history log results training download",
    "train.shuffle_rows": "randomise random order permute",
    "train.standardise": (
        "normalize normalise standardize scale data z-score zscore mean variance whiten preprocess"
    ),
    "train.step": "gradient descent update iteration one",
    "train.stop": "training pause cancel abort end",
    "view.arrowheads": "arrows arrow tips show direction",
    "view.back": "go previous navigate",
    "view.check": (
        "numerical derivative verify gradients gradcheck grad check finite differences test correct "
        "compare compute numerically hessian second"
    ),
    "view.cost": (
        "complexity jacobian performance time flops why reverse backward forward efficiency "
        "operations count multiplications"
    ),
    "view.data": "spreadsheet table rows view show csv",
    "view.derivation": (
        "chain rule derive latex explain equations math copy formula local derivative step by proof "
        "show work differentiate"
    ),
    "view.digits_usual": (
        "decimals precision number of significant round decimal places rounding numbers show shorten "
        "figures scientific notation"
    ),
    "view.edges_curved": "lines curved bezier spline wires arrows style smooth",
    "view.edges_right_angled": "lines wires arrows orthogonal style elbow",
    "view.edges_straight": "lines wires arrows style",
    "view.fit": (
        "center centre graph show all reset zoom to fit screen view window whole everything home find "
        "lost pan camera where am i"
    ),
    "view.forward": "go navigate next",
    "view.high_contrast": "accessibility colour blind colourblind projector visibility",
    "view.hints": "tooltips status bar turn off help line bottom what keys",
    "view.inspector": "toggle sidebar panel properties explain details selected node value right change edit",
    "view.labels_automatic": "show numbers values gradients labels edges default",
    "view.labels_contribution": "show numbers gradients short simple only edges",
    "view.labels_full": (
        "show all numbers gradients local derivative upstream gradient chain rule product edges"
    ),
    "view.labels_none": "hide numbers labels gradients values remove turn off clean edges",
    "view.labels_step": "show numbers",
    "view.legend": "key colour meaning",
    "view.marks": "vanishing exploding gradients dead relu warnings health nan problems errors saturated",
    "view.minimap": "overview map navigator where am i",
    "view.outline": (
        "list table of values nodes node execution order show all gradients screen reader accessible"
    ),
    "view.palette": "toggle sidebar panel operations library left hide blocks toolbox",
    "view.presentation": (
        "full screen fullscreen slides slideshow projector present slide show lecture beamer teach "
        "class F11 big"
    ),
    "view.reduced_motion": "disable turn off animation animations stop still",
    "view.sensitivity": "nudge what if slider drag change value experiment perturb effect input",
    "view.snap": "grid alignment turn off lines",
    "view.spotlight": "focus highlight dim current step only",
    "view.stage": (
        "decision boundary weights histogram plot loss chart accuracy overfitting learning curve "
        "landscape network predictions compare runs"
    ),
    "view.text": "text pane editor source code panel formula edit as",
    "view.text_larger": "font size bigger make text increase scale ui enlarge zoom interface letters wider",
    "view.text_normal": "font size reset default original",
    "view.text_smaller": "font size decrease reduce shrink scale ui interface",
    "view.theme": "dark mode light night colours colors colour background appearance style black white",
    "view.training": (
        "learning rate epochs optimizer optimiser loss curve plot settings batch size momentum adam "
        "sgd early stopping validation overfitting regularisation weight decay l2 hyperparameters "
        "accuracy chart graph gradient descent schedule clipping split data test set train hold out "
        "holdout panel options"
    ),
    "view.typeset_names": "subscripts greek letters italic math symbols",
    "view.zoom_100": "100% original reset scale real",
    "view.zoom_in": "bigger larger magnify closer enlarge canvas nodes wider",
    "view.zoom_out": "smaller farther shrink canvas",
}
"""Such words, by the id of the command."""
