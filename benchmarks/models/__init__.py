"""Networks of Keras in every format that people save them in: do they load, are their maps right?"""
